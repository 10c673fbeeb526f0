"""Read the revisions of a product as a stranger may: those that were live, and what is late.

What came and is held is the seller's business: nothing here tells it from what never came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch, Q, QuerySet

from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import feed_of, untold
from marketplace.catalog.quality.models import QualityCheck
from marketplace.catalog.quality.presentation import share_passed
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.models import Revision, RevisionDifference
from marketplace.trading.listings.revision.promises import (
    RevisionRules,
    rules_of_revision,
    with_rules,
)

MOST_LATE = 20


@dataclass(frozen=True)
class PublicRevision:
    """A revision that was live.

    `arrived_at` is when its data came here, `due_on` when its feed was to bring it (None where
    nothing was expected), and `was_late` whether that was told. `shares` has by rule the share that
    passed, None where nothing was checked; `difference` is None until it was compared. `rules` are
    those by which it went live.
    """

    revision: Revision
    arrived_at: datetime
    due_on: date | None
    was_late: bool
    difference: RevisionDifference | None
    shares: dict[str, float | None]
    rules: RevisionRules

    @property
    def lowest_share(self) -> float | None:
        """Return the share of the rule that the fewest rows keep, None without any."""
        told = [share for share in self.shares.values() if share is not None]
        return min(told, default=None)


@dataclass(frozen=True)
class Freshness:
    """What is promised, and how it is kept.

    `late` are the days whose data was told to be late and is not live, newest first; where what
    came was live already, it is. Since the last of them was told, nothing newer went live where it
    `is_late`.
    """

    feed: Feed | None
    expected_on: date | None
    newest: Revision | None
    late: list[Arrival]

    @property
    def is_late(self) -> bool:
        """Return whether something is late that nothing has made up for since."""
        newest = self.newest.live_at if self.newest else None
        return any(
            newest is None or (each.late_told_at is not None and each.late_told_at > newest)
            for each in self.late
        )


def public_revisions(product: Product) -> QuerySet[Revision]:
    """Return the revisions of a product that were live, newest first, with all that is told."""
    checks = QualityCheck.objects.order_by("-rules__number").prefetch_related("results")
    rows = (
        Revision.objects.filter(product=product, live_at__isnull=False)
        .select_related("version__parent__arrival", "difference", "product")
        .prefetch_related(Prefetch("version__quality_checks", queryset=checks))
        .order_by("-number")
    )
    return with_rules(rows)


def told_of(revisions: Iterable[Revision]) -> list[PublicRevision]:
    """Return what is told of revisions that `public_revisions` has fetched."""
    return [_told(revision) for revision in revisions]


def _told(revision: Revision) -> PublicRevision:
    source = revision.version.source
    arrival = _related(source, "arrival")
    newest = next(iter(revision.version.quality_checks.all()), None)
    results = list(newest.results.all()) if newest is not None else []
    shares = {result.key: share_passed(result) for result in results}
    return PublicRevision(
        revision=revision,
        arrived_at=arrival.arrived_at if arrival is not None else source.created_at,
        due_on=arrival.due_on if arrival is not None else None,
        was_late=arrival is not None and arrival.late_told_at is not None,
        difference=difference_kept(revision),
        shares={key: None if share is None else float(share) for key, share in shares.items()},
        rules=rules_of_revision(revision, revision),
    )


def difference_kept(revision: Revision) -> RevisionDifference | None:
    """Return how a revision differs from the one before; None until it was compared."""
    found: RevisionDifference | None = _related(revision, "difference")
    return found


def _related(row: object, name: str) -> Any:
    try:
        return getattr(row, name)
    except ObjectDoesNotExist:
        return None


def freshness_of(product: Product) -> Freshness:
    """Return what the feed of a product promises, and what of it is late."""
    feed = feed_of(product.dataset_id)
    newest = public_revisions(product).first()
    if feed is None:
        return Freshness(None, None, newest, [])
    live = Revision.objects.filter(
        product=product, live_at__isnull=False, version__parent__isnull=False
    ).values("version__parent")
    late = (
        Arrival.objects.filter(feed=feed, late_told_at__isnull=False)
        .exclude(Q(version__in=live) | Q(same_as__in=live))
        .order_by("-due_on")
    )
    first = untold().filter(feed=feed, due_on__isnull=False).order_by("due_on").first()
    return Freshness(
        feed=feed,
        expected_on=first.due_on if first is not None else feed.next_on,
        newest=newest,
        late=list(late[:MOST_LATE]),
    )
