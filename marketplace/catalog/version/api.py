"""The API of versions."""

from __future__ import annotations

from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version import serializers
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.dictionary import Dictionary, read_dictionary
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_of, versions_visible_to
from marketplace.catalog.version.services import (
    annotate_columns,
    receive_upload,
    take_up_version,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view

UploadData = act_view(
    receive_upload,
    scope=Scope.TRADE,
    takes=serializers.UploadDataIn,
    gives=serializers.ExplainedVersionOut,
    keeps_answer=False,
    parser_classes=(MultiPartParser,),
    summary="Upload the data of a dataset",
    about="Send a table as XLSX, CSV or Parquet; the same bytes again answer the version they are.",
)


class AnnotateColumns(ActView):
    """Say what columns of the newest source version mean."""

    takes = serializers.AnnotateColumnsIn
    gives = serializers.ExplainedVersionOut
    scope = Scope.TRADE
    operation = "annotate_columns"
    summary = "Annotate columns"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        annotations = [ColumnAnnotation(**column) for column in data["columns"]]
        return annotate_columns(ids["pk"], annotations=annotations, by=by)


TakeUpVersion = act_view(
    take_up_version,
    scope=Scope.TRADE,
    gives=serializers.ExplainedVersionOut,
    summary="Take up other columns as a change",
    about="""Take what a feed brought with other columns as the newest data of its dataset.

    The dataset is open for changes then, and its content is reviewed anew.
    """,
)


class ReadDictionary(ActView):
    """Read what a file says of the columns of the newest source version; nothing is kept.

    What is right of it is sent to the operation that annotates columns.
    """

    takes = serializers.DictionaryIn
    gives = serializers.DictionaryOut
    scope = Scope.TRADE
    changes = False
    parser_classes = (MultiPartParser,)
    operation = "read_dictionary"
    summary = "Read a data dictionary"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dictionary:
        return read_dictionary(ids["pk"], upload=data["upload"], by=by)


Versions = list_view(
    versions_of,
    of=datasets_visible_to,
    operation="list_dataset_versions",
    gives=serializers.DatasetVersionOut,
    summary="List the versions of a dataset",
    about="The versions of a dataset.",
)

OneVersion = thing_view(
    versions_visible_to,
    operation="get_dataset_version",
    gives=serializers.OneVersionOut,
    summary="Get a version with its columns",
    about="A version with its columns, and the acts on it that are open to the caller.",
)
