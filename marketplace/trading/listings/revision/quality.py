"""What the rules found of each revision that went live: shares over time, for buyers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from marketplace.catalog.quality.models import QualityCheck
from marketplace.catalog.quality.presentation import share_passed
from marketplace.trading.listings.revision.models import Revision

MOST_SHOWN = 8


@dataclass(frozen=True)
class RevisionShares:
    """By rule the share that passed of what was checked in a revision; None where nothing was."""

    number: int
    live_at: datetime
    shares: tuple[float | None, ...]


def shares_over_time(product_id: UUID, keys: Sequence[str]) -> list[RevisionShares]:
    """Return the shares of rules, in their order, of the newest revisions that went live.

    The oldest comes first; of each version the newest rules count that were asked of it.
    """
    checks = QualityCheck.objects.order_by("-rules__number").prefetch_related("results")
    revisions = (
        Revision.objects.filter(product_id=product_id, live_at__isnull=False)
        .select_related("version")
        .prefetch_related(Prefetch("version__quality_checks", queryset=checks))
        .order_by("-number")[:MOST_SHOWN]
    )
    found = []
    for revision in revisions:
        newest = next(iter(revision.version.quality_checks.all()), None)
        results = list(newest.results.all()) if newest is not None else []
        shares = {result.key: share_passed(result) for result in results}
        assert revision.live_at is not None, "they were asked for"
        told = tuple(_float(shares.get(key)) for key in keys)
        found.append(RevisionShares(revision.number, revision.live_at, told))
    return found[::-1]


def _float(share: object) -> float | None:
    return None if share is None else float(str(share))
