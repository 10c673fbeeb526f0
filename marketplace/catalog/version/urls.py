from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version import api, views
from marketplace.catalog.version.selectors import versions_of, versions_visible_to
from marketplace.catalog.version.serializers import (
    DatasetVersionOut,
    ExplainedVersionOut,
    OneVersionOut,
    UploadDataIn,
)
from marketplace.catalog.version.services import receive_upload, take_up_version
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
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
    act_page(
        "versions/<uuid:pk>/take-up/",
        take_up_version,
        done=_("These columns are the newest data now. Explain them, and submit the dataset."),
        onto="dataset_detail",
        at="dataset_id",
        name="version_take_up",
    ),
]

api_patterns = [
    act_view(
        "datasets/<uuid:pk>/receive-upload/",
        receive_upload,
        scope=Scope.TRADE,
        takes=UploadDataIn,
        gives=ExplainedVersionOut,
        keeps_answer=False,
        parser_classes=(MultiPartParser,),
        summary="Upload the data of a dataset",
        about=(
            "Send a table as XLSX, CSV or Parquet; the same bytes again answer the version they "
            "are."
        ),
    ),
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
    path(
        "versions/<uuid:pk>/annotate/",
        api.AnnotateColumns.as_view(),
        name="api_annotate_columns",
    ),
    act_view(
        "versions/<uuid:pk>/take-up/",
        take_up_version,
        scope=Scope.TRADE,
        gives=ExplainedVersionOut,
        summary="Take up other columns as a change",
        about="""Take what a feed brought with other columns as the newest data of its dataset.

    The dataset is open for changes then, and its content is reviewed anew.
    """,
    ),
]
