from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.states import SourceState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.jobs.states import ACTIVE


def sources_visible_to(by: Actor) -> QuerySet[DatabaseSource]:
    """Return every source to the centre's staff, else those of the actor's organization."""
    rows = DatabaseSource.objects.select_related("dataset__organization")
    return rows_of_holder(rows, by, holder="dataset__organization_id")


def sources_of(dataset: Dataset) -> QuerySet[DatabaseSource]:
    """Return the sources of a dataset, newest first."""
    return DatabaseSource.objects.filter(dataset=dataset).order_by("-created_at")


def sources_in_use(dataset: Dataset) -> QuerySet[DatabaseSource]:
    """Return the sources that a dataset can be drawn from, by name."""
    return sources_of(dataset).filter(state=SourceState.IN_USE).order_by("name")


def source_named(dataset: Dataset, name: str) -> DatabaseSource | None:
    """Find the source in use that has a name."""
    return sources_of(dataset).filter(name=name, state=SourceState.IN_USE).first()


def drawings_visible_to(by: Actor) -> QuerySet[Drawing]:
    """Return every drawing to the centre's staff, else those of the actor's organization."""
    rows = Drawing.objects.select_related("source__dataset__organization", "version")
    return rows_of_holder(rows, by, holder="source__dataset__organization_id")


def drawings_of(source: DatabaseSource) -> QuerySet[Drawing]:
    """Return the drawings from a source, newest first."""
    return Drawing.objects.filter(source=source).select_related("version").order_by("-created_at")


def drawing_that_brought(version: DatasetVersion) -> Drawing | None:
    """Find the drawing by which a version came here; None of one that was uploaded."""
    return Drawing.objects.filter(version=version).select_related("source").first()


def active_drawing(source: DatabaseSource) -> Drawing | None:
    return drawings_of(source).filter(state__in=ACTIVE).first()
