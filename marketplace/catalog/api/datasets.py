"""Datasets and their versions in the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from marketplace.catalog import serializers
from marketplace.catalog.annotations import ColumnAnnotation
from marketplace.catalog.descriptions import DatasetDescription
from marketplace.catalog.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.models import Dataset, DatasetVersion
from marketplace.catalog.selectors import datasets_visible_to, versions_of, versions_visible_to
from marketplace.catalog.services.datasets import (
    grade_dataset,
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
from marketplace.catalog.services.reviews import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.services.versions import annotate_columns, receive_upload
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


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


class SubmitDataset(ActView):
    """Submit a dataset for content review."""

    gives = serializers.DatasetOut
    operation = "submit_dataset"
    summary = "Submit a dataset for content review"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return submit_dataset(ids["pk"], by=by)


class ApproveDataset(ActView):
    """Approve the content of a dataset, by a second person."""

    takes = serializers.ApproveDatasetIn
    gives = serializers.DatasetOut
    operation = "approve_dataset"
    summary = "Approve the content of a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return approve_dataset(ids["pk"], checklist=data["checklist"], by=by)


class ReturnDataset(ActView):
    """Return a dataset with what has to be corrected, by a second person."""

    takes = ReasonIn
    gives = serializers.DatasetOut
    operation = "return_dataset"
    summary = "Return a dataset for correction"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return return_dataset(ids["pk"], reason=data["reason"], by=by)


class ReopenDataset(ActView):
    """Open an approved dataset for changes; it needs content review again."""

    gives = serializers.DatasetOut
    operation = "reopen_dataset"
    summary = "Open an approved dataset for changes"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return reopen_dataset(ids["pk"], by=by)


class RetireDataset(ActView):
    """Take a dataset out of use for good."""

    takes = ReasonIn
    gives = serializers.DatasetOut
    operation = "retire_dataset"
    summary = "Retire a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return retire_dataset(ids["pk"], reason=data["reason"], by=by)


class UploadData(ActView):
    """Send a table as XLSX, CSV or Parquet; the same bytes again answer the version they are."""

    takes = serializers.UploadDataIn
    gives = serializers.ExplainedVersionOut
    # The bytes themselves tell a repeated request, and reading them may not wait in a transaction.
    keeps_answer = False
    parser_classes = (MultiPartParser,)
    operation = "receive_upload"
    summary = "Upload the data of a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        return receive_upload(ids["pk"], upload=data["upload"], sheet=data["sheet"], by=by)


class AnnotateColumns(ActView):
    """Say what columns of the newest source version mean."""

    takes = serializers.AnnotateColumnsIn
    gives = serializers.ExplainedVersionOut
    operation = "annotate_columns"
    summary = "Annotate columns"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        annotations = [ColumnAnnotation(**column) for column in data["columns"]]
        return annotate_columns(ids["pk"], annotations=annotations, by=by)


class Datasets(ListView):
    """The datasets that the caller may see."""

    gives = serializers.DatasetOut
    operation = "list_datasets"
    summary = "List datasets"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Dataset]:
        return datasets_visible_to(by)


class OneDataset(ThingView):
    """A dataset, and the acts on it that are open to the caller."""

    gives = serializers.OneDatasetOut
    operation = "get_dataset"
    summary = "Get a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Dataset:
        return visible(datasets_visible_to(by), pk=ids["pk"])


class Versions(ListView):
    """The versions of a dataset."""

    gives = serializers.DatasetVersionOut
    operation = "list_dataset_versions"
    summary = "List the versions of a dataset"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[DatasetVersion]:
        return versions_of(visible(datasets_visible_to(by), pk=ids["pk"]))


class OneVersion(ThingView):
    """A version with its columns, and the acts on it that are open to the caller."""

    gives = serializers.OneVersionOut
    operation = "get_dataset_version"
    summary = "Get a version with its columns"

    def thing(self, by: Actor, **ids: UUID) -> DatasetVersion:
        return visible(versions_visible_to(by), pk=ids["pk"])
