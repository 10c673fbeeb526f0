"""The API of datasets, their versions and the databases that data is drawn from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.parsers import MultiPartParser

from marketplace.catalog import serializers, source_serializers
from marketplace.catalog.annotations import ColumnAnnotation
from marketplace.catalog.connections import Connection
from marketplace.catalog.descriptions import DatasetDescription
from marketplace.catalog.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.looking import tables_in
from marketplace.catalog.models import DatabaseSource, Dataset, DatasetVersion, Drawing
from marketplace.catalog.selectors import (
    datasets_visible_to,
    drawings_of,
    drawings_visible_to,
    sources_of,
    sources_visible_to,
    versions_of,
    versions_visible_to,
)
from marketplace.catalog.services.datasets import (
    grade_dataset,
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
from marketplace.catalog.services.drawings import Wanted, cancel_drawing, start_drawing
from marketplace.catalog.services.reviews import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.services.sources import (
    change_source_password,
    check_source,
    close_source,
    register_source,
)
from marketplace.catalog.services.versions import annotate_columns, receive_upload
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ThingView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

# Datasets and their versions in the API.


class RegisterDataset(ActView):
    """Register data that the caller's organization holds."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    creates = True
    operation = "register_dataset"
    summary = "Register a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return register_dataset(description=DatasetDescription(**data), by=by)


class ReviseDataset(ActView):
    """Change the description of a dataset."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    operation = "revise_dataset"
    summary = "Revise the description of a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return revise_dataset(ids["pk"], description=DatasetDescription(**data), by=by)


class GradeDataset(ActView):
    """Grade a dataset by the harm that its misuse could do."""

    takes = serializers.GradeDatasetIn
    gives = serializers.DatasetOut
    operation = "grade_dataset"
    summary = "Grade a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        impacts = [
            Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
            for impact in data["impacts"]
        ]
        return grade_dataset(ids["pk"], impacts=impacts, negative_list=data["negative_list"], by=by)


SubmitDataset = act_view(
    submit_dataset,
    gives=serializers.DatasetOut,
    summary="Submit a dataset for content review",
    about="Submit a dataset for content review.",
)

ApproveDataset = act_view(
    approve_dataset,
    takes=serializers.ApproveDatasetIn,
    gives=serializers.DatasetOut,
    summary="Approve the content of a dataset",
    about="Approve the content of a dataset, by a second person.",
)

ReturnDataset = act_view(
    return_dataset,
    takes=ReasonIn,
    gives=serializers.DatasetOut,
    summary="Return a dataset for correction",
    about="Return a dataset with what has to be corrected, by a second person.",
)

ReopenDataset = act_view(
    reopen_dataset,
    gives=serializers.DatasetOut,
    summary="Open an approved dataset for changes",
)

RetireDataset = act_view(
    retire_dataset,
    takes=ReasonIn,
    gives=serializers.DatasetOut,
    about="Take a dataset out of use for good.",
)

UploadData = act_view(
    receive_upload,
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
    operation = "annotate_columns"
    summary = "Annotate columns"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        annotations = [ColumnAnnotation(**column) for column in data["columns"]]
        return annotate_columns(ids["pk"], annotations=annotations, by=by)


Datasets = list_view(
    datasets_visible_to,
    operation="list_datasets",
    gives=serializers.DatasetOut,
    about="The datasets that the caller may see.",
)

OneDataset = thing_view(
    datasets_visible_to,
    operation="get_dataset",
    gives=serializers.OneDatasetOut,
    about="A dataset, and the acts on it that are open to the caller.",
)

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


# Database sources and drawings in the API.


class RegisterSource(ActView):
    """Register a database that a dataset is drawn from; the password is never told again."""

    takes = source_serializers.ConnectionIn
    gives = source_serializers.SourceOut
    # A kept answer would keep a digest of the password; the connection itself tells a repetition.
    keeps_answer = False
    creates = True
    operation = "register_source"
    summary = "Register a database source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return register_source(ids["pk"], connection=Connection(**data), by=by)


ChangeSourcePassword = act_view(
    change_source_password,
    takes=source_serializers.PasswordIn,
    gives=source_serializers.SourceOut,
    keeps_answer=False,
    summary="Change the password of a source",
    about="Replace the password of a source.",
)

CheckSource = act_view(
    check_source,
    gives=source_serializers.SourceOut,
    keeps_answer=False,
    summary="Check the connection to a source",
    about="Connect to a source and answer whether that worked.",
)

CloseSource = act_view(
    close_source,
    gives=source_serializers.SourceOut,
    about="Draw from a source no more, and destroy its password.",
)


class StartDrawing(ActView):
    """Have a table or view drawn as the newest version of the dataset."""

    takes = source_serializers.DrawingIn
    gives = source_serializers.DrawingOut
    operation = "start_drawing"
    summary = "Start a drawing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Drawing:
        return start_drawing(ids["pk"], wanted=Wanted(**data), by=by)


CancelDrawing = act_view(
    cancel_drawing,
    gives=source_serializers.DrawingOut,
    about="End a drawing that waits or works.",
)

Sources = list_view(
    sources_of,
    of=datasets_visible_to,
    operation="list_sources",
    gives=source_serializers.SourceOut,
    summary="List the sources of a dataset",
    about="The sources of a dataset.",
)

OneSource = thing_view(
    sources_visible_to,
    operation="get_source",
    gives=source_serializers.OneSourceOut,
    about="A source, and the acts on it that are open to the caller.",
)


class SourceTables(ThingView):
    """The tables and views of a source, looked up there."""

    gives = source_serializers.TablesOut
    operation = "list_source_tables"
    summary = "List the tables of a source"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        source = visible(sources_visible_to(by), pk=ids["pk"])
        return {"tables": tables_in(source, by=by)}


Drawings = list_view(
    drawings_of,
    of=sources_visible_to,
    operation="list_drawings",
    gives=source_serializers.DrawingOut,
    summary="List the drawings from a source",
    about="The drawings from a source.",
)

OneDrawing = thing_view(
    drawings_visible_to,
    operation="get_drawing",
    gives=source_serializers.OneDrawingOut,
    about="A drawing, and the acts on it that are open to the caller.",
)
