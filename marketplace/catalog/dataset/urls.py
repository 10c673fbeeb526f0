from django.urls import path

from marketplace.catalog.dataset import api
from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.serializers import DatasetOut
from marketplace.catalog.dataset.services import reopen_dataset, retire_dataset
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view

api_patterns = [
    list_view(
        "datasets/",
        datasets_visible_to,
        operation="list_datasets",
        filters=DatasetFilters,
        gives=DatasetOut,
        about="The datasets that the caller may see.",
    ),
    path("datasets/register/", api.RegisterDataset.as_view(), name="api_register_dataset"),
    path("datasets/<uuid:pk>/revise/", api.ReviseDataset.as_view(), name="api_revise_dataset"),
    act_view(
        "datasets/<uuid:pk>/reopen/",
        reopen_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        summary="Open an approved dataset for changes",
    ),
    act_view(
        "datasets/<uuid:pk>/retire/",
        retire_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        about="Take a dataset out of use for good.",
    ),
]
