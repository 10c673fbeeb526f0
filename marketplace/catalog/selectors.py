"""Read datasets, versions and columns."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.grading import LOWEST_FIRST, Grade, HarmDegree, HarmedObject, Impact
from marketplace.catalog.models import (
    Column,
    DatabaseSource,
    Dataset,
    DatasetVersion,
    Drawing,
    VersionKind,
)
from marketplace.catalog.states import DRAWING_ACTIVE, DatasetState, SourceState
from marketplace.core.actor import Actor
from marketplace.core.reading import read_once


def datasets_visible_to(by: Actor) -> QuerySet[Dataset]:
    """Return every dataset to the centre's staff, else those of the actor's organization."""
    rows = Dataset.objects.select_related("organization")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def versions_visible_to(by: Actor) -> QuerySet[DatasetVersion]:
    """Return the versions of the datasets that the actor may see."""
    rows = DatasetVersion.objects.select_related("dataset__organization", "file", "parent")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(dataset__organization_id=by.organization_id)


def sources_visible_to(by: Actor) -> QuerySet[DatabaseSource]:
    """Return every source to the centre's staff, else those of the actor's organization."""
    rows = DatabaseSource.objects.select_related("dataset__organization")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(dataset__organization_id=by.organization_id)


def drawings_visible_to(by: Actor) -> QuerySet[Drawing]:
    """Return every drawing to the centre's staff, else those of the actor's organization."""
    rows = Drawing.objects.select_related("source__dataset__organization", "version")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(source__dataset__organization_id=by.organization_id)


def sources_of(dataset: Dataset) -> QuerySet[DatabaseSource]:
    """Return the sources of a dataset, newest first."""
    return DatabaseSource.objects.filter(dataset=dataset).order_by("-created_at")


def source_named(dataset: Dataset, name: str) -> DatabaseSource | None:
    """Find the source in use that has a name."""
    return sources_of(dataset).filter(name=name, state=SourceState.IN_USE).first()


def drawings_of(source: DatabaseSource) -> QuerySet[Drawing]:
    """Return the drawings from a source, newest first."""
    return Drawing.objects.filter(source=source).select_related("version").order_by("-created_at")


def active_drawing(source: DatabaseSource) -> Drawing | None:
    """Find the drawing from a source that is under way."""
    return drawings_of(source).filter(state__in=DRAWING_ACTIVE).first()


@read_once
def latest_source_version(dataset: Dataset) -> DatasetVersion | None:
    """Find the newest version as it came in."""
    return _latest(dataset, VersionKind.SOURCE)


def latest_masked_version(dataset: Dataset) -> DatasetVersion | None:
    """Find the newest masked version."""
    return _latest(dataset, VersionKind.MASKED)


def columns_of(version: DatasetVersion) -> QuerySet[Column]:
    """Return the columns of a version in their order."""
    return Column.objects.filter(version=version).order_by("position")


def graded_columns(dataset: Dataset) -> list[Column]:
    """Return the graded columns of a dataset's newest source version, the highest grade first."""
    newest = latest_source_version(dataset)
    if newest is None:
        return []
    graded = [column for column in columns_of(newest) if column.grade]
    return sorted(graded, key=lambda column: -LOWEST_FIRST.index(column.grade or Grade.GENERAL_1))


def impacts_of(dataset: Dataset) -> list[Impact]:
    """Return the harm that an officer named for the dataset as a whole."""
    return [
        Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
        for impact in dataset.impacts
    ]


def column_impacts(dataset: Dataset) -> list[Impact]:
    """Return the harm that misuse of single columns of the newest source version could do."""
    return [column.impact for column in graded_columns(dataset) if column.impact]


def versions_of(dataset: Dataset) -> QuerySet[DatasetVersion]:
    """Return the versions of a dataset, newest first."""
    return (
        DatasetVersion.objects.filter(dataset=dataset)
        .select_related("dataset", "parent", "file")
        .order_by("-number")
    )


def upload_in(dataset: Dataset, upload_sha256: str, *, sheet: str = "") -> DatasetVersion | None:
    """Find the source version that these very bytes are kept as, of a sheet where one is named."""
    same = DatasetVersion.objects.filter(
        dataset=dataset,
        kind=VersionKind.SOURCE,
        upload_sha256=upload_sha256,
        raw_destroyed_at=None,
    )
    return (same.filter(sheet=sheet) if sheet else same).first()


def raw_data_due(day: date) -> QuerySet[DatasetVersion]:
    """Return the source versions whose bytes are to be destroyed by a day, oldest first."""
    return (
        DatasetVersion.objects.filter(
            kind=VersionKind.SOURCE, raw_destroyed_at=None, raw_until__lte=day
        )
        .exclude(dataset__state=DatasetState.IN_REVIEW)
        .order_by("raw_until")
    )


def matching(rows: QuerySet[Dataset], words: str) -> QuerySet[Dataset]:
    """Keep the datasets in whose title, abstract, region or organization each word occurs."""
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(abstract__icontains=word)
            | Q(region__icontains=word)
            | Q(organization__name__icontains=word)
        )
    return rows


def filtered(
    rows: QuerySet[Dataset], *, words: str = "", state: str = "", theme: str = "", grade: str = ""
) -> QuerySet[Dataset]:
    """Keep the datasets that fit; "" fits all."""
    wanted = {"state": state, "theme": theme, "grade": grade}
    given = {name: value for name, value in wanted.items() if value}
    return matching(rows, words).filter(**given)


def _latest(dataset: Dataset, kind: VersionKind) -> DatasetVersion | None:
    return (
        DatasetVersion.objects.filter(dataset=dataset, kind=kind)
        .select_related("dataset__organization", "file")
        .order_by("-number")
        .first()
    )
