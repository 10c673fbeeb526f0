"""Compare what a revision delivers with what the one before delivered."""

from dataclasses import dataclass, field

from marketplace.catalog.version.counting import columns_in, counts_between
from marketplace.trading.listings.revision.models import Revision
from marketplace.vault.services import open_stored


@dataclass(frozen=True)
class Difference:
    """How a revision differs from the one before, as `RevisionDifference` keeps it."""

    inserted: int | None = None
    updated: int | None = None
    deleted: int | None = None
    added_columns: list[str] = field(default_factory=list)
    removed_columns: list[str] = field(default_factory=list)
    retyped_columns: list[str] = field(default_factory=list)


def difference_of(revision: Revision, before: Revision | None) -> Difference:
    """Return how a revision differs from the one before, by reading both.

    Raises:
        WrongState: the bytes of one are missing or damaged.
    """
    if before is None:
        return Difference(inserted=revision.version.rows, updated=0, deleted=0)
    with open_stored(before.version.file) as old, open_stored(revision.version.file) as new:
        olds, news = columns_in(old), columns_in(new)
        added = [name for name in news if name not in olds]
        removed = [name for name in olds if name not in news]
        retyped = [name for name in news if name in olds and news[name] != olds[name]]
        if added or removed:
            return Difference(added_columns=added, removed_columns=removed, retyped_columns=retyped)
        counts = counts_between(old, new, revision.product.key_columns)
    return Difference(counts.inserted, counts.updated, counts.deleted, retyped_columns=retyped)
