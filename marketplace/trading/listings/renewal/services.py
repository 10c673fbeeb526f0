"""A listing goes on being sold: with newer proofs, on other days, approved by a second officer."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, locked
from marketplace.core.arguments import Day, Several
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.services import RELABELLED
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case
from marketplace.review.states import CaseState
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.columns import confirm_columns
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.renewal import rules
from marketplace.trading.listings.renewal.events import (
    ListingRenewed,
    RenewalReturned,
    RenewalSubmitted,
)
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.selectors import renewed_proofs
from marketplace.trading.listings.renewal.states import RENEWAL, RenewalState
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.listings.sheet.sheet import FROZEN_COLUMNS, freeze_sheet

CHECKED = Several(label=gettext_lazy("I have checked"), choices=list(CHECKLISTS[CaseKind.LISTING]))
FROM = Day(label=gettext_lazy("On sale from"))
UNTIL = Day(
    label=gettext_lazy("On sale until"),
    help=gettext_lazy("Leave it empty to sell without a last day."),
)


@transaction.atomic
def renew_listing(
    listing_id: UUID,
    *,
    on_sale_from: Annotated[date | None, FROM] = None,
    on_sale_until: Annotated[date | None, UNTIL] = None,
    by: Actor,
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
    person_id = rules.check_renew_listing(listing, by)
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
        submitted_by_id=person_id,
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
    listing_id: UUID,
    *,
    checklist: Annotated[Sequence[str], CHECKED] = (),
    columns: Annotated[Sequence[str], RELABELLED] = (),
    by: Actor,
) -> Listing:
    """Let a listing go on as its seller asked, with its sheet frozen anew, by a second officer.

    What was suspended for a proof, or by its seller, is back on the market. Orders go on with the
    newer proofs.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits, or the listing left the market or is suspended by the centre.
        Invalid: a proof no longer stands (`code` names the first), the checklist is not ticked, or
            a column is not named (`roles-unnamed`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    renewal = rules.check_approve_renewal(listing, by)
    renewal.old_certificate = listing.certificate
    renewal.old_sheet, renewal.old_sheet_digest = listing.sheet, listing.sheet_digest
    names = ("certificate", "risk_report", "appraisal", "on_sale_from", "on_sale_until")
    for name in names:
        setattr(listing, name, getattr(renewal, name))
    proofs = gate.lock_proofs(renewed_proofs(listing, renewal))
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
def return_renewal(listing_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor) -> Listing:
    """Refuse a renewal, with what has to be corrected. The listing stays as it is.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    renewal = rules.check_return_renewal(listing, by)
    subject = f"listing:{listing.pk}"
    RENEWAL.move(renewal, RenewalState.RETURNED)
    case = decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.RETURNED,
        reason=reason,
        about=listing.concerns,
        by=by,
    )
    renewal.reason, renewal.decided_at = case.reason, clock.now()
    renewal.save(update_fields=["state", "reason", "decided_at"])
    record(RenewalReturned(subject=subject, about=listing.concerns), by=by)
    return listing


def _renewed(thing: Listing | ListingRenewal) -> tuple[object, ...]:
    return (
        *(thing.certificate_id, thing.risk_report_id, thing.appraisal_id),
        *(thing.on_sale_from, thing.on_sale_until),
    )
