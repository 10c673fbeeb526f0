"""A listing goes on being sold: with newer proofs, on other days, approved by a second officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide, open_case
from marketplace.review.states import CaseState
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.market_events import (
    ListingRenewed,
    RenewalReturned,
    RenewalSubmitted,
)
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.policies import may_decide_listing, may_offer
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import LISTING, ON_MARKET, ListingState
from marketplace.trading.listings.listing.steps import confirm_columns
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.policies import is_second_officer_of_renewal
from marketplace.trading.listings.renewal.selectors import waiting_renewal_of
from marketplace.trading.listings.renewal.states import RENEWAL, RenewalState
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.listings.sheet.sheet import FROZEN_COLUMNS, freeze_sheet


@transaction.atomic
def renew_listing(
    listing_id: UUID, *, on_sale_from: date | None, on_sale_until: date | None, by: Actor
) -> ListingRenewal:
    """Ask a second officer to let a listing go on, with the newest proofs and these days of sale.

    Until they have decided, the listing stays as it is. Plan, terms and bytes do not change: a
    newer listing, which replaces this one, has others.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not on the market, the centre has suspended it, or a renewal
            waits already.
        Invalid: a proof does not stand (`code` names the first), the days are past or in the wrong
            order, or nothing would change (`nothing-to-renew`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    if not may_offer(by, listing.organization_id) or by.person_id is None:
        raise NotAllowed(_("Only an officer of the seller can do this with a listing."))
    _refuse_off_market(listing)
    if waiting_renewal_of(listing) is not None:
        raise WrongState(_("A renewal of this listing waits for a second officer already."))
    found = Sale(on_sale_from=on_sale_from, on_sale_until=on_sale_until).problems()
    if not found and on_sale_until is not None and on_sale_until < clock.today():
        found["on_sale_until"] = [_("Choose a last day that is not past.")]
    if found:
        raise Invalid(_("The renewal needs corrections. See the fields."), fields=found)
    proofs = gate.lock_proofs(gate.newest_proofs(listing))
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    assert proofs.certificate is not None
    assert proofs.risk_report is not None
    assert proofs.appraisal is not None
    renewal = ListingRenewal(
        listing=listing,
        certificate=proofs.certificate,
        risk_report=proofs.risk_report,
        appraisal=proofs.appraisal,
        on_sale_from=on_sale_from,
        on_sale_until=on_sale_until,
        submitted_by_id=by.person_id,
    )
    if _renewed(renewal) == _renewed(listing):
        raise Invalid(
            _(
                "Nothing would change: the listing has the newest proofs and these days of sale. "
                "Renew the proof that runs out, or choose other days."
            ),
            code="nothing-to-renew",
        )
    renewal.save(force_insert=True)
    subject = f"listing:{listing.pk}"
    record(RenewalSubmitted(subject=subject, about=listing.concerns), by=by)
    open_case(
        kind=CaseKind.LISTING,
        subject=subject,
        organization_id=listing.organization_id,
        about=listing.concerns,
        by=by,
    )
    return renewal


@transaction.atomic
def approve_renewal(
    listing_id: UUID, *, checklist: Sequence[str], columns: Sequence[str] = (), by: Actor
) -> Listing:
    """Let a listing go on as its seller asked, with its sheet frozen anew, by a second officer.

    What was suspended for a proof, or by its seller, is back on the market. Orders go on with the
    newer proofs.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits, or the listing left the market.
        Invalid: a proof no longer stands (`code` names the first), the checklist is not ticked, or
            a column is not named (`roles-unnamed`).
    """
    listing, renewal = _to_decide(listing_id, by)
    _refuse_off_market(listing)
    renewal.old_certificate = listing.certificate
    renewal.old_sheet, renewal.old_sheet_digest = listing.sheet, listing.sheet_digest
    names = ("certificate", "risk_report", "appraisal", "on_sale_from", "on_sale_until")
    for name in names:
        setattr(listing, name, getattr(renewal, name))
    proofs = gate.lock_proofs(gate.renewed_proofs(listing, renewal))
    confirm_columns(listing, proofs.risk_report, columns, by=by)
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    subject = f"listing:{listing.pk}"
    decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=listing.concerns,
        by=by,
    )
    RENEWAL.move(renewal, RenewalState.APPROVED)
    renewal.decided_at = clock.now()
    renewal.save(
        update_fields=["state", "decided_at", "old_certificate", "old_sheet", "old_sheet_digest"]
    )
    if listing.state == ListingState.SUSPENDED:
        LISTING.move(listing, ListingState.PUBLISHED)
    listing.suspension = listing.reason = ""
    freeze_sheet(listing, proofs)
    listing.save(update_fields=["state", "suspension", "reason", *names, *FROZEN_COLUMNS])
    record(
        ListingRenewed(
            subject=subject,
            about=listing.concerns,
            sheet_sha256=listing.sheet_digest,
            old_sheet_sha256=renewal.old_sheet_digest,
        ),
        by=by,
    )
    return listing


@transaction.atomic
def return_renewal(listing_id: UUID, *, reason: str, by: Actor) -> Listing:
    """Refuse a renewal, with what has to be corrected. The listing stays as it is.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits.
        Invalid: there is no reason.
    """
    listing, renewal = _to_decide(listing_id, by)
    subject = f"listing:{listing.pk}"
    RENEWAL.move(renewal, RenewalState.RETURNED)
    decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.RETURNED,
        reason=reason,
        about=listing.concerns,
        by=by,
    )
    renewal.reason, renewal.decided_at = reason.strip(), clock.now()
    renewal.save(update_fields=["state", "reason", "decided_at"])
    record(RenewalReturned(subject=subject, about=listing.concerns), by=by)
    return listing


def _refuse_off_market(listing: Listing) -> None:
    if listing.state not in ON_MARKET:
        raise WrongState(_("Only a listing that is on the market, or suspended, can be renewed."))
    if listing.suspension == Suspension.CENTRE:
        raise WrongState(_("The centre suspended this listing, so a reviewer has to resume it."))


def _to_decide(listing_id: UUID, by: Actor) -> tuple[Listing, ListingRenewal]:
    listing = locked(listings_visible_to(by), pk=listing_id)
    if not may_decide_listing(by):
        raise NotAllowed(_("Only a reviewer of the centre can decide on a listing."))
    renewal = waiting_renewal_of(listing)
    if renewal is None:
        raise WrongState(_("No renewal of this listing waits for a decision. Reload the page."))
    if not is_second_officer_of_renewal(by, renewal):
        raise NotAllowed(
            _(
                "Who offers or submits a listing cannot decide on it. Ask a reviewer of the "
                "centre who had no part in it."
            ),
            code="second-officer",
        )
    return listing, renewal


def _renewed(thing: Listing | ListingRenewal) -> tuple[object, ...]:
    return (
        *(thing.certificate_id, thing.risk_report_id, thing.appraisal_id),
        *(thing.on_sale_from, thing.on_sale_until),
    )
