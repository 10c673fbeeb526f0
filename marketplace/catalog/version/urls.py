from django.urls import path

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version import api, views
from marketplace.catalog.version.selectors import versions_of, versions_visible_to
from marketplace.catalog.version.serializers import (
    AnnotateColumnsIn,
    DatasetVersionOut,
    ExplainedVersionOut,
    OneVersionOut,
)
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("datasets/<uuid:pk>/annotate/", views.dataset_annotate, name="dataset_annotate"),
    path(
        "datasets/<uuid:pk>/read-dictionary/",
        views.dataset_dictionary,
        name="dataset_dictionary",
    ),
    path(
        "versions/<uuid:pk>/dictionary/",
        views.version_dictionary,
        name="version_dictionary",
    ),
]

api_patterns = [
    list_view(
        "datasets/<uuid:pk>/versions/",
        versions_of,
        of=datasets_visible_to,
        operation="list_dataset_versions",
        gives=DatasetVersionOut,
        summary="List the versions of a dataset",
        about="The versions of a dataset.",
    ),
    path(
        "datasets/<uuid:pk>/read-dictionary/",
        api.ReadDictionary.as_view(),
        name="api_read_dictionary",
    ),
    thing_view(
        "versions/<uuid:pk>/",
        versions_visible_to,
        operation="get_dataset_version",
        gives=OneVersionOut,
        summary="Get a version with its columns",
        about="A version with its columns, and the acts on it that are open to the caller.",
    ),
    act_view(
        "versions/<uuid:pk>/annotate/",
        annotate_columns,
        scope=Scope.TRADE,
        takes=AnnotateColumnsIn,
        gives=ExplainedVersionOut,
        summary="Annotate columns",
        about="Say what columns of the newest source version mean.",
    ),
]
