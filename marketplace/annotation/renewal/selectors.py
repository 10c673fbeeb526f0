"""Find the versions over which a project can go on."""

from dataclasses import dataclass

from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.standing import standstill_of
from marketplace.annotation.renewal.matching import places_in
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import columns_of

MOST_OFFERED = 3


def can_go_on_over(project: LabellingProject, version: DatasetVersion) -> bool:
    """Return whether a version is of the same data, holds the columns shown, and stands."""
    return (
        version.pk != project.version_id
        and version.dataset_id == project.version.dataset_id
        and version.kind == VersionKind.MASKED
        and set(project.columns) <= {column.name for column in columns_of(version)}
        and standstill_of(version) is None
    )


def versions_to_go_on_over(project: LabellingProject) -> list[DatasetVersion]:
    """Return the versions over which a project can go on, the newest first."""
    rows = DatasetVersion.objects.filter(dataset_id=project.version.dataset_id)
    masked = rows.filter(kind=VersionKind.MASKED).select_related("dataset", "file", "parent")
    newest = masked.select_related("content").order_by("-number")[:MOST_OFFERED]
    return [version for version in newest if can_go_on_over(project, version)]


def items_of(project: LabellingProject) -> list[Item]:
    """Return the items of a project that are not gone, by their rows."""
    return list(Item.objects.filter(project=project, is_gone=False).order_by("row"))


@dataclass(frozen=True)
class Offered:
    """A version over which a project can go on, and how many of its items are found again in it."""

    version: DatasetVersion
    found: int
    items: int


def offered_to(project: LabellingProject) -> list[Offered]:
    """Return what a project can go on over, the newest first.

    Raises:
        WrongState: a file was removed or is damaged.
    """
    items = items_of(project)
    return [
        Offered(version, len(places_in(project, items, version)), len(items))
        for version in versions_to_go_on_over(project)
    ]
