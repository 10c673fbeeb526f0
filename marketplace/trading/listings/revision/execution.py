"""What a worker does when a revision went live: it compares it with the one before."""

from uuid import UUID

from marketplace.core import Actor, Door, visible
from marketplace.trading.listings.revision.differing import difference_of
from marketplace.trading.listings.revision.models import RevisionDifference
from marketplace.trading.listings.revision.selectors import live_before, revisions_visible_to
from marketplace.trading.listings.revision.services import keep_difference

WORKER = Actor.system(Door.TASK)


def compare_revision(revision_id: UUID) -> None:
    """Compare a revision that was not compared yet; no lock is held while both are read."""
    rows = revisions_visible_to(WORKER).select_related("version__file", "product")
    revision = visible(rows, pk=revision_id)
    if RevisionDifference.objects.filter(revision=revision).exists():
        return
    found = difference_of(revision, live_before(revision))
    keep_difference(revision_id, difference=found, by=WORKER)
