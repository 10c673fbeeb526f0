"""A listing leaves the market for a while or for good, and comes back while its proofs stand."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.gate.selectors import stands_on
from marketplace.trading.listings.listing import rules
from marketplace.trading.listings.listing.events import (
    ListingResumed,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.selectors import listings_visible_to, listings_with_proofs
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.listing.succession import drop_renewal

PATROL = 500
"""How many listings each look at the whole market asks, whatever the database says of them."""


@transaction.atomic
def suspend_listing(listing_id: UUID, *, reason: str, by: Actor) -> Listing:
    """Take a listing off the market for the time being. Open orders stop with it.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: the listing is not published.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    suspension = rules.check_suspend_listing(listing, by)
    _need_reason(reason, _("Say why the listing is suspended."))
    return _suspend(listing, suspension=suspension, reason=reason.strip(), code="", by=by)


@transaction.atomic
def resume_listing(listing_id: UUID, *, by: Actor) -> Listing:
    """Bring a suspended listing back, when all its proofs stand.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is neither the seller nor a reviewer, or is the seller and the centre
            had suspended it.
        WrongState: the listing is not suspended.
        Invalid: a proof does not stand; `code` names the first.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_resume_listing(listing, by)
    LISTING.move(listing, ListingState.PUBLISHED)
    proofs = gate.lock_proofs(gate.bound_proofs(listing))
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    listing.suspension = listing.reason = ""
    listing.save(update_fields=["state", "suspension", "reason"])
    record(ListingResumed(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


@transaction.atomic
def withdraw_listing(listing_id: UUID, *, reason: str, by: Actor) -> Listing:
    """Take a listing off the market for good, or drop a draft. Orders already accepted go on.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: a second officer decides on the listing, or it is withdrawn already.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_withdraw_listing(listing, by)
    _need_reason(reason, _("Say why the listing is withdrawn."))
    LISTING.move(listing, ListingState.WITHDRAWN)
    listing.reason = reason.strip()
    listing.suspension = ""
    if listing.published_at is None:
        # It never took another's place, which a later draft may take.
        listing.replaces = None
    listing.save(update_fields=["state", "reason", "suspension", "replaces"])
    drop_renewal(listing, by=by)
    record(ListingWithdrawn(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


def suspend_broken_listings(*, by: Actor, dataset_id: UUID | None = None) -> list[UUID]:
    """Suspend published listings of which a proof no longer stands; return which.

    Of a dataset, where one is named, all are asked: a proof of it fell. Otherwise those which the
    database can tell by their states and dates, and `PATROL` more from a random place on, so that
    a large market is gone through little by little. They are read without a lock; what seems
    broken is locked and asked anew, each in a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the proofs."))
    today = clock.today()
    if dataset_id is not None:
        looked_at = list(listings_with_proofs().filter(product__dataset_id=dataset_id))
    else:
        looked_at = [*listings_with_proofs().exclude(stands_on(today)), *_some_listings()]
    seem_broken = dict.fromkeys(
        listing.pk
        for listing in looked_at
        if gate.findings_of(listing, gate.bound_proofs(listing), on=today)
    )
    suspended = []
    for listing_id in seem_broken:
        with transaction.atomic():
            listing = locked(Listing.objects.all(), pk=listing_id)
            proofs = gate.lock_proofs(gate.bound_proofs(listing))
            found = gate.findings_of(listing, proofs, on=clock.today())
            if found and listing.state == ListingState.PUBLISHED:
                code = found[0].code
                _suspend(listing, suspension=Suspension.GATE, reason="", code=code, by=by)
                suspended.append(listing_id)
    return suspended


def _some_listings() -> list[Listing]:
    """Return the next of the market from a random place on, and from the start after the end."""
    rows, place = listings_with_proofs().order_by("pk"), uuid4()
    behind = list(rows.filter(pk__gte=place)[:PATROL])
    return [*behind, *rows.filter(pk__lt=place)[: PATROL - len(behind)]]


def _suspend(
    listing: Listing, *, suspension: Suspension, reason: str, code: str, by: Actor
) -> Listing:
    LISTING.move(listing, ListingState.SUSPENDED)
    listing.suspension = suspension
    listing.reason = reason
    listing.save(update_fields=["state", "suspension", "reason"])
    record(
        ListingSuspended(subject=f"listing:{listing.pk}", about=listing.concerns, code=code), by=by
    )
    return listing


def _need_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Invalid(sentence, fields={"reason": [sentence]})
