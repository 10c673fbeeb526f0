"""Read what happened to what a buyer bought: revisions, and when access was to be had or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.quality.events import PromisesWeakened
from marketplace.catalog.quality.selectors import rules_of
from marketplace.delivery.grant.events import GrantAmended, GrantExpired, GrantRevoked
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import told_revisions
from marketplace.ledger.selectors import facts_about
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.publication.events import ListingResumed, ListingSuspended
from marketplace.trading.listings.revision.models import RevisionDifference
from marketplace.trading.listings.revision.promises import (
    RevisionRules,
    masked_in,
    public_changes,
    rules_of_revision,
)


class Change(TextChoices):
    REVISION = "revision", _("A revision was delivered")
    RULES = "rules", _("The quality rules promise less")
    LATE = "late", _("Expected data was late")
    SUSPENDED = "suspended", _("Access was suspended")
    RESUMED = "resumed", _("Access came back")
    AMENDED = "amended", _("The contract was amended")
    EXPIRED = "expired", _("The licence ran out")
    REVOKED = "revoked", _("Access was revoked")


OF_LISTING = (ListingSuspended.kind, ListingResumed.kind, ListingAdvanced.kind)
OF_GRANT = {
    GrantAmended.kind: Change.AMENDED,
    GrantExpired.kind: Change.EXPIRED,
    GrantRevoked.kind: Change.REVOKED,
}


@dataclass(frozen=True)
class Line:
    """One thing that happened.

    Of a revision `number`, `sha256` (of the buyer's bytes) and `difference` (of the whole product,
    None until it was compared) say which; of what was late `due_on` says for which day. `rules` are
    those by which a revision went live, or those that were approved and promise less.
    """

    at: datetime
    change: Change
    number: int | None = None
    sha256: str = ""
    difference: RevisionDifference | None = None
    due_on: date | None = None
    rules: RevisionRules | None = None


def changelog_of(grant: Grant) -> list[Line]:
    """Return what happened under a grant, newest first. The caller has checked who may see it."""
    lines = [*_late(grant), *_revisions(grant), *_weakened(grant), *_standing(grant)]
    # What happened at one moment stands in its order too.
    return sorted(lines, key=lambda line: line.at)[::-1]


def _revisions(grant: Grant) -> Iterator[Line]:
    for given in told_revisions(grant).select_related("revision__difference"):
        yield Line(
            at=given.created_at,
            change=Change.REVISION,
            number=given.revision.number,
            sha256=given.sha256,
            difference=getattr(given.revision, "difference", None),
            rules=rules_of_revision(given, given.revision),
        )


def _weakened(grant: Grant) -> Iterator[Line]:
    """Yield when rules that promise less were approved, for who gets each later revision."""
    if not grant.order.follows:
        return
    dataset = grant.listing.product.dataset
    own = f"dataset:{dataset.pk}"
    told = [
        fact
        for fact in facts_about(own, kinds=[PromisesWeakened.kind])
        if fact.subject == own and grant.created_at <= fact.happened_at <= grant.expires_at
    ]
    if not told:
        return
    rules = {one.number: one for one in rules_of(dataset)}
    version = grant.version
    prefetch_related_objects([version], "columns")
    for fact in told:
        before, now = (rules[fact.payload[name]] for name in ("number_before", "number"))
        yield Line(
            at=fact.happened_at,
            change=Change.RULES,
            rules=RevisionRules(
                number=now.number,
                sha256=now.digest,
                before=None,
                changes=public_changes(version, before.read, now.read),
                masked=masked_in(version),
            ),
        )


def _standing(grant: Grant) -> Iterator[Line]:
    """Yield when access was suspended and came back, and how it ended."""
    listing, own = f"listing:{grant.listing_id}", f"grant:{grant.pk}"
    is_suspended = False
    for fact in facts_about(listing, kinds=OF_LISTING):
        if fact.subject != listing or fact.happened_at < grant.created_at:
            continue
        if fact.kind == ListingSuspended.kind:
            is_suspended = True
            yield Line(at=fact.happened_at, change=Change.SUSPENDED)
        elif is_suspended:
            # A listing that moves on is on the market again.
            is_suspended = False
            yield Line(at=fact.happened_at, change=Change.RESUMED)
    for fact in facts_about(own, kinds=list(OF_GRANT)):
        if fact.subject == own:
            yield Line(at=fact.happened_at, change=OF_GRANT[fact.kind])


def _late(grant: Grant) -> Iterator[Line]:
    if not grant.order.follows:
        return
    late = Arrival.objects.filter(
        feed__dataset_id=grant.listing.product.dataset_id,
        late_told_at__range=(grant.created_at, grant.expires_at),
    )
    for arrival in late:
        assert arrival.late_told_at is not None, "It was asked for."
        yield Line(at=arrival.late_told_at, change=Change.LATE, due_on=arrival.due_on)
