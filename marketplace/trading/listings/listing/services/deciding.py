"""A second officer publishes a listing, or sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.reserving import refuse_if_sold_out
from marketplace.trading.listings.gate.composing import let_rows_out
from marketplace.trading.listings.listing import rules
from marketplace.trading.listings.listing.columns import confirm_columns
from marketplace.trading.listings.listing.events import ListingPublished, ListingReturned
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.listing.succession import supersede
from marketplace.trading.listings.revision.services import release_revision
from marketplace.trading.listings.sale.availability import refuse_if_sold_elsewhere
from marketplace.trading.listings.sheet.sheet import FROZEN_COLUMNS, freeze_sheet


@transaction.atomic
def publish_listing(
    listing_id: UUID, *, checklist: Sequence[str], columns: Sequence[str] = (), by: Actor
) -> Listing:
    """Let a listing into the market, by a second officer, with its sheet frozen.

    `columns` names each one that counts for less than was found, to which the officer agrees. The
    listing whose place it takes leaves the market with it.
    The rows of the proofs are share-locked, so that none can be frozen or withdrawn in between.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted it (`second-officer`).
        WrongState: the listing does not wait for publication, or its bytes are sold to one buyer
            alone (`exclusive-taken`), or tell more together with an earlier release of the same
            people (`composition-refused`, `composition-untried`).
        Invalid: a proof no longer stands (`code` names the first), the checklist is not ticked, or
            a column is not named (`roles-unnamed`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_decide_listing(listing, by)
    LISTING.move(listing, ListingState.PUBLISHED)
    proofs = gate.lock_proofs(gate.bound_proofs(listing))
    confirm_columns(listing, proofs.risk_report, columns, by=by)
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    supersede(listing, by=by)
    refuse_if_sold_elsewhere(listing)
    refuse_if_sold_out(listing)
    let_rows_out(listing, by=by)
    release_revision(listing.revision_id, by=by)
    subject = f"listing:{listing.pk}"
    decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=listing.concerns,
        by=by,
    )
    freeze_sheet(listing, proofs)
    listing.published_at = clock.now()
    listing.save(update_fields=["state", "published_at", *FROZEN_COLUMNS])
    record(
        ListingPublished(
            subject=subject,
            about=listing.concerns,
            sheet_sha256=listing.sheet_digest,
            bytes_sha256=proofs.bytes_sha256,
        ),
        by=by,
    )
    return listing


@transaction.atomic
def return_listing(listing_id: UUID, *, reason: str, by: Actor) -> Listing:
    """Send a submitted listing back, with what has to be corrected.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted it (`second-officer`).
        WrongState: the listing does not wait for publication.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_decide_listing(listing, by)
    LISTING.move(listing, ListingState.RETURNED)
    subject = f"listing:{listing.pk}"
    decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.RETURNED,
        reason=reason,
        about=listing.concerns,
        by=by,
    )
    listing.reason = reason.strip()
    listing.save(update_fields=["state", "reason"])
    record(ListingReturned(subject=subject, about=listing.concerns), by=by)
    return listing
