from django.urls import path

from marketplace.catalog.approval import api
from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.serializers import DatasetOut
from marketplace.core import Scope
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

api_patterns = [
    path("datasets/<uuid:pk>/review/", api.DatasetReview.as_view(), name="api_get_dataset_review"),
    act_view(
        "datasets/<uuid:pk>/submit/",
        submit_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        summary="Submit a dataset for content review",
        about="Submit a dataset for content review.",
    ),
    act_view(
        "datasets/<uuid:pk>/approve/",
        approve_dataset,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            approve_dataset,
            about="The points that the reviewer has looked at; all are needed.",
        ),
        gives=DatasetOut,
        summary="Approve the content of a dataset",
        about="Approve the content of a dataset, by a second person.",
    ),
    act_view(
        "datasets/<uuid:pk>/return/",
        return_dataset,
        scope=Scope.ADMINISTER,
        gives=DatasetOut,
        summary="Return a dataset for correction",
        about="Return a dataset with what has to be corrected, by a second person.",
    ),
]
