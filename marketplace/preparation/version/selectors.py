"""Read versions on their way, rows of them, and the looks at their raw values."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pyarrow.parquet as pq
from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, NotFound, clock, visible
from marketplace.preparation.version.models import Look
from marketplace.vault.services import open_stored


def sources_visible_to(by: Actor) -> QuerySet[DatasetVersion]:
    """Return the source versions of the data that the actor may see."""
    return versions_visible_to(by).filter(kind=VersionKind.SOURCE)


def source_visible_to(by: Actor, version_id: UUID) -> DatasetVersion:
    """Return a source version to prepare.

    Raises:
        NotFound: there is no such source version among those the actor may see.
    """
    return visible(sources_visible_to(by), pk=version_id)


def masked_versions_of(version: DatasetVersion) -> QuerySet[DatasetVersion]:
    """Return the masked versions that were made from a source version, newest first."""
    return (
        DatasetVersion.objects.filter(parent=version, kind=VersionKind.MASKED)
        .select_related("file", "dataset")
        .order_by("-number")
    )


@dataclass(frozen=True)
class Sample:
    """The first rows of a masked version, as texts; a missing value is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def sample_rows(version: DatasetVersion, limit: int) -> Sample:
    """Read the first rows of a masked version, straight from the vault.

    The caller has checked that the actor may see them; a source version has no sample.

    Raises:
        NotFound: the version is not masked.
        WrongState: its file was removed or is damaged.
    """
    if version.kind != VersionKind.MASKED:
        raise NotFound("Only a masked version has a sample.")
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        batch = next(table.iter_batches(batch_size=limit), None)
        columns = tuple(table.schema_arrow.names)
    rows = batch.to_pylist() if batch is not None else []
    return Sample(
        columns,
        tuple(
            tuple(None if row[name] is None else str(row[name]) for name in columns) for row in rows
        ),
    )


LASTS = timedelta(minutes=30)
"""For how long a look opens the values that it names, to the person who opened it."""


def looks_visible_to(by: Actor) -> QuerySet[Look]:
    """Return every look to the centre's staff, else those at the data of one's organization."""
    rows = Look.objects.select_related("version__dataset")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(version__dataset__organization_id=by.organization_id)


def looks_at(version: DatasetVersion) -> QuerySet[Look]:
    """Return the looks at a version, newest first. The caller has checked who may see it."""
    return Look.objects.filter(version=version)


def look_in_force(version: DatasetVersion, *, column: str = "", by: Actor) -> Look | None:
    """Find the actor's look at a few rows, or at all values of a column, while it lasts."""
    looks = _lasting(version, by).filter(is_whole_column=bool(column))
    return next((look for look in looks if not column or look.columns == [column]), None)


def columns_looked_at(version: DatasetVersion, *, by: Actor) -> frozenset[str]:
    """Return the columns at all values of which the actor has a look that lasts."""
    looks = _lasting(version, by).filter(is_whole_column=True)
    return frozenset(look.columns[0] for look in looks)


def _lasting(version: DatasetVersion, by: Actor) -> QuerySet[Look]:
    if by.person_id is None:
        return Look.objects.none()
    return Look.objects.filter(
        version=version, person_id=by.person_id, created_at__gt=clock.now() - LASTS
    )
