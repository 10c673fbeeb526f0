from django.urls import path

from marketplace.catalog.version.serializers import DatasetVersionOut
from marketplace.core import Scope
from marketplace.preparation.raw_data import views
from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.web.api import act_view

urlpatterns = [
    path(
        "preparation/<uuid:pk>/raw-data/destroy/",
        views.raw_data_destroy,
        name="raw_data_destroy",
    ),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/raw-data/destroy/",
        destroy_raw_data,
        scope=Scope.TRADE,
        gives=DatasetVersionOut,
        summary="Destroy raw data",
        about=(
            "Destroy the raw bytes of a source version for good; masked versions and reports stay."
        ),
    ),
]
