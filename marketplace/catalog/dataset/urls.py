from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.serializers import DatasetDescriptionIn, DatasetOut
from marketplace.catalog.dataset.services import (
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
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
    act_view(
        "datasets/register/",
        register_dataset,
        scope=Scope.TRADE,
        takes=DatasetDescriptionIn,
        group="description",
        gives=DatasetOut,
        creates=True,
        made_at="get_dataset",
        about="Register data that the caller's organization holds.",
    ),
    act_view(
        "datasets/<uuid:pk>/revise/",
        revise_dataset,
        scope=Scope.TRADE,
        takes=DatasetDescriptionIn,
        group="description",
        gives=DatasetOut,
        summary="Revise the description of a dataset",
        about="Change the description of a dataset.",
    ),
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
