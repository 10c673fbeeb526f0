from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.grading import LOWEST_FIRST, Grade, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.version.annotations import SAID
from marketplace.catalog.version.models import Column, DatasetVersion, VersionKind
from marketplace.core import Actor
from marketplace.core.reading import read_once


def versions_visible_to(by: Actor) -> QuerySet[DatasetVersion]:
    """Return the versions of the datasets that the actor may see."""
    rows = DatasetVersion.objects.select_related("dataset__organization", "file", "parent")
    return rows_of_holder(rows, by, holder="dataset__organization_id")


@read_once
def latest_source_version(dataset: Dataset) -> DatasetVersion | None:
    """Find the newest version as it came in; what is set aside counts for nothing."""
    return _latest(dataset, VersionKind.SOURCE)


@read_once
def latest_reviewed_version(dataset: Dataset) -> DatasetVersion | None:
    """Find what is described and reviewed: the newest version as it came in, or the model."""
    return _latest(dataset, VersionKind.MODEL if dataset.is_model else VersionKind.SOURCE)


def latest_deliverable_version(dataset: Dataset) -> DatasetVersion | None:
    """Find the newest version that may leave: masked data, or the model."""
    return _latest(dataset, VersionKind.MODEL if dataset.is_model else VersionKind.MASKED)


def _latest(dataset: Dataset, kind: VersionKind) -> DatasetVersion | None:
    return (
        DatasetVersion.objects.filter(dataset=dataset, kind=kind, is_set_aside=False)
        .select_related("dataset__organization", "file")
        .order_by("-number")
        .first()
    )


def versions_of(dataset: Dataset) -> QuerySet[DatasetVersion]:
    """Return the versions of a dataset, newest first."""
    return (
        DatasetVersion.objects.filter(dataset=dataset)
        .select_related("dataset", "parent", "file")
        .order_by("-number")
    )


def columns_of(version: DatasetVersion) -> QuerySet[Column]:
    """Return the columns of a version in their order."""
    return Column.objects.filter(version=version).order_by("position")


def columns_to_choose(version: DatasetVersion) -> list[tuple[str, str]]:
    """Return the names of the columns of a version with their labels, for a form."""
    return [(one.name, one.label or one.name) for one in columns_of(version)]


def said_of(version: DatasetVersion) -> dict[str, dict[str, str]]:
    """Return what is said of the columns of a version, by their names."""
    return {row.pop("name"): row for row in columns_of(version).values("name", *SAID)}


def graded_columns(dataset: Dataset) -> list[Column]:
    """Return the graded columns of what is reviewed of a dataset, the highest grade first."""
    newest = latest_reviewed_version(dataset)
    if newest is None:
        return []
    graded = [column for column in columns_of(newest) if column.grade]
    return sorted(graded, key=lambda column: -LOWEST_FIRST.index(column.grade or Grade.GENERAL_1))


def column_impacts(dataset: Dataset) -> list[Impact]:
    """Return the harm that misuse of single columns of what is reviewed could do."""
    return [column.impact for column in graded_columns(dataset) if column.impact]


def upload_in(dataset: Dataset, upload_sha256: str, *, sheet: str = "") -> DatasetVersion | None:
    """Find the source version that these very bytes are kept as, of a sheet where one is named."""
    return uploads_in(dataset, upload_sha256, sheet=sheet).first()


def uploads_in(
    dataset: Dataset, upload_sha256: str, *, sheet: str = ""
) -> QuerySet[DatasetVersion]:
    """Return the source versions that were made of these very bytes, by whatever reading."""
    same = DatasetVersion.objects.filter(
        dataset=dataset,
        kind=VersionKind.SOURCE,
        upload_sha256=upload_sha256,
        raw_destroyed_at=None,
    )
    return same.filter(sheet=sheet) if sheet else same


def raw_data_due(day: date) -> QuerySet[DatasetVersion]:
    """Return the source versions whose bytes are to be destroyed by a day, oldest first."""
    return (
        DatasetVersion.objects.filter(
            kind=VersionKind.SOURCE, raw_destroyed_at=None, raw_until__lte=day
        )
        .exclude(dataset__state=DatasetState.IN_REVIEW)
        .order_by("raw_until")
    )


def said_before(dataset: Dataset, names: Sequence[str]) -> dict[str, Column]:
    """Find what was said of columns of these names: of this dataset, else of the last one that was.

    Only datasets of the same organization count, and only columns that have a label.
    """
    rows = (
        Column.objects.filter(
            name__in=names,
            version__kind=VersionKind.SOURCE,
            version__dataset__organization_id=dataset.organization_id,
        )
        .exclude(label="")
        .select_related("version__dataset")
        .order_by("created_at", "version__number")
    )
    others = {row.name: row for row in rows if row.version.dataset_id != dataset.pk}
    return others | {row.name: row for row in rows if row.version.dataset_id == dataset.pk}
