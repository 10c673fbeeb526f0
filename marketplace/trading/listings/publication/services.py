"""A listing is submitted, published by a second officer, suspended and withdrawn."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.lineage.selectors import datasets_below
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked
from marketplace.core.arguments import reason_of
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.services import RELABELLED
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case
from marketplace.review.states import CaseState
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.promises import refuse_if_sold_out
from marketplace.trading.listings.gate.composing import let_rows_out, refuse_unless_composes
from marketplace.trading.listings.gate.selectors import stands_on
from marketplace.trading.listings.listing.columns import confirm_columns
from marketplace.trading.listings.listing.exclusion import refuse_if_ruled_out
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.selectors import listings_visible_to, listings_with_proofs
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.publication import rules
from marketplace.trading.listings.publication.events import (
    ListingPublished,
    ListingResumed,
    ListingReturned,
    ListingSubmitted,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.publication.succession import supersede
from marketplace.trading.listings.renewal.dropping import drop_renewal
from marketplace.trading.listings.renewal.services import CHECKED
from marketplace.trading.listings.revision.services import release_revision
from marketplace.trading.listings.sheet.sheet import FROZEN_COLUMNS, freeze_sheet
from marketplace.trading.listings.terms.clauses.part import unmarkable
from marketplace.trading.listings.terms.terms import Terms

WHY = reason_of(Listing)


@transaction.atomic
def submit_listing(listing_id: UUID, *, by: Actor) -> Listing:
    """Bind the proofs that stand now and ask a second officer to publish.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted already, another offer of the dataset rules it out
            (`exclusive-taken`), or its bytes tell more together with an earlier release of the
            same people (`composition-refused`, `composition-untried`).
        Invalid: a proof is missing, expired, frozen or of other bytes (`code` names the first), or
            no column can carry the marks that the terms promise (`not-markable`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_submit_listing(listing, by)
    LISTING.move(listing, ListingState.SUBMITTED)
    proofs = gate.lock_proofs(gate.newest_proofs(listing))
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    if marks := unmarkable(listing.revision.version, Terms.from_json(listing.terms)):
        raise Invalid(marks["is_marked"][0], code="not-markable", fields=marks)
    refuse_if_ruled_out(listing)
    refuse_if_sold_out(listing)
    refuse_unless_composes(listing, by=by)
    listing.certificate = proofs.certificate
    listing.risk_report = proofs.risk_report
    listing.appraisal = proofs.appraisal
    listing.submitted_by_id = by.person_id
    listing.reason = ""
    listing.save(
        update_fields=[
            *("state", "certificate", "risk_report", "appraisal", "submitted_by_id", "reason")
        ]
    )
    subject = f"listing:{listing.pk}"
    record(
        ListingSubmitted(subject=subject, about=listing.concerns, bytes_sha256=proofs.bytes_sha256),
        by=by,
    )
    open_case(
        kind=CaseKind.LISTING,
        subject=subject,
        organization_id=listing.organization_id,
        about=listing.concerns,
        by=by,
    )
    return listing


@transaction.atomic
def publish_listing(
    listing_id: UUID,
    *,
    checklist: Annotated[Sequence[str], CHECKED] = (),
    columns: Annotated[Sequence[str], RELABELLED] = (),
    by: Actor,
) -> Listing:
    """Let a listing into the market, by a second officer, with its sheet frozen.

    `columns` names each one that counts for less than was found, to which the officer agrees. The
    listing whose place it takes leaves the market with it.
    The rows of the proofs are share-locked, so that none can be frozen or withdrawn in between.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or is who submitted it (`second-officer`).
        WrongState: the listing does not wait for publication, another offer of the dataset rules
            it out (`exclusive-taken`), or its bytes tell more together with an earlier release of
            the same people (`composition-refused`, `composition-untried`).
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
    refuse_if_ruled_out(listing)
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
def return_listing(listing_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor) -> Listing:
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
    case = decide(
        kind=CaseKind.LISTING,
        subject=subject,
        decision=CaseState.RETURNED,
        reason=reason,
        about=listing.concerns,
        by=by,
    )
    listing.reason = case.reason
    listing.save(update_fields=["state", "reason"])
    record(ListingReturned(subject=subject, about=listing.concerns), by=by)
    return listing


PATROL = 500
"""How many listings each look at the whole market asks, whatever the database says of them."""


@transaction.atomic
def suspend_listing(listing_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Listing:
    """Take a listing off the market for the time being. Open orders stop with it.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: the listing is not published.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    suspension = rules.check_suspend_listing(listing, by)
    reason = WHY.given(reason)
    return _suspend(listing, suspension=suspension, reason=reason, code="", by=by)


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
    proofs = gate.lock_proofs(gate.bound_proofs(listing))
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    return _resume(listing, by=by)


def _resume(listing: Listing, *, by: Actor) -> Listing:
    LISTING.move(listing, ListingState.PUBLISHED)
    listing.suspension = listing.reason = ""
    listing.save(update_fields=["state", "suspension", "reason"])
    record(ListingResumed(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


@transaction.atomic
def withdraw_listing(listing_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Listing:
    """Take a listing off the market for good, or drop a draft. Orders already accepted go on.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: a second officer decides on the listing, or it is withdrawn already.
        Invalid: there is no reason.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_withdraw_listing(listing, by)
    LISTING.move(listing, ListingState.WITHDRAWN)
    listing.reason = WHY.given(reason)
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

    Of a dataset, where one is named, all are asked, and all of what was made from it: a proof of it
    fell. Otherwise those which the
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
        concerned = [dataset_id, *datasets_below(dataset_id)]
        looked_at = list(listings_with_proofs().filter(product__dataset_id__in=concerned))
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


def resume_mended_listings(*, dataset_id: UUID, by: Actor) -> list[UUID]:
    """Bring back what the gate suspended of a dataset and of what was made from it; return which.

    What the gate took away by itself it gives back by itself, once everything stands again.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the proofs."))
    concerned = [dataset_id, *datasets_below(dataset_id)]
    suspended = Listing.objects.filter(
        product__dataset_id__in=concerned,
        state=ListingState.SUSPENDED,
        suspension=Suspension.GATE,
    )
    resumed = []
    for listing_id in suspended.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            listing = locked(Listing.objects.all(), pk=listing_id)
            is_still = (listing.state, listing.suspension) == (
                ListingState.SUSPENDED,
                Suspension.GATE,
            )
            proofs = gate.lock_proofs(gate.bound_proofs(listing))
            if is_still and not gate.findings_of(listing, proofs, on=clock.today()):
                _resume(listing, by=by)
                resumed.append(listing_id)
    return resumed


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
