"""A valuation is drafted, computed, submitted, and decided by a second officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.appraisal.appraisal import policies, rules
from marketplace.appraisal.appraisal.computing import (
    Computed,
    GivenApproach,
    check_purpose,
    computed_on,
    valuation_date,
)
from marketplace.appraisal.appraisal.events import (
    AppraisalApproved,
    AppraisalDrafted,
    AppraisalExpired,
    AppraisalReturned,
    AppraisalRevised,
    AppraisalSubmitted,
    AppraisalSuperseded,
    AppraisalWithdrawn,
    ComparableCorrected,
    ComparableNoted,
)
from marketplace.appraisal.appraisal.models import Appraisal, Approach, Comparable, Purpose
from marketplace.appraisal.appraisal.quality import measured_quality
from marketplace.appraisal.appraisal.reports import issue_for, revoke_for
from marketplace.appraisal.appraisal.rules import about, holds_until
from marketplace.appraisal.appraisal.selectors import Basis, appraisals_visible_to, basis_of
from marketplace.appraisal.appraisal.states import APPRAISAL, AppraisalState
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, NotAllowed, clock, locked
from marketplace.core.arguments import Choice, Day, Several, reason_of
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case, withdraw_case
from marketplace.review.states import CaseState
from marketplace.rights.certificate.selectors import lock_certificate

WHY = reason_of(Appraisal)
CHECKED = Several(label=gettext_lazy("I have checked"), choices=CHECKLISTS[CaseKind.VALUATION])

# Draft a valuation, revise it, submit it, take it back.


PURPOSE = Choice(label=gettext_lazy("Purpose"), choices=Purpose)
VALUED_ON = Day(
    label=gettext_lazy("Valuation date"),
    help=gettext_lazy("Prices and rates are those of this day. Today unless you give another."),
    told="Today unless it is given.",
)


@transaction.atomic
def draft_appraisal(
    dataset_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: Annotated[str, PURPOSE],
    valued_on: Annotated[date | None, VALUED_ON] = None,
    by: Actor,
) -> Appraisal:
    """Value the newest desensitized version of a dataset, of which the actor holds the right.

    The inputs of each approach are those of the `valuation` library's method, with `sources` that
    say where each figure comes from. It is valued as of today unless `valued_on` says otherwise.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: there is no desensitized version, no right in force, or an unfinished
            valuation.
        Invalid: the date is none to value as of, or an approach breaks a rule (see `computed`).
    """
    check_purpose(purpose)
    # The dataset's row keeps a second draft out until this one is seen.
    rules.check_draft_appraisal(locked(datasets_visible_to(by), pk=dataset_id), by)
    basis = basis_of(dataset_id, purpose=purpose, by=by)
    on = valuation_date(valued_on)
    found = computed_on(basis, approaches, purpose=purpose, on=on)
    appraisal = Appraisal.objects.create(
        organization_id=basis.dataset.organization_id, **_figures(basis, found, purpose, on)
    )
    _keep_approaches(appraisal, found)
    record(
        AppraisalDrafted(
            subject=f"appraisal:{appraisal.pk}", about=about(appraisal), method=appraisal.method
        ),
        by=by,
    )
    return appraisal


@transaction.atomic
def revise_appraisal(
    appraisal_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: Annotated[str, PURPOSE],
    valued_on: Annotated[date | None, VALUED_ON] = None,
    by: Actor,
) -> Appraisal:
    """Compute a valuation anew from other inputs, as of today unless `valued_on` says otherwise.

    The same again changes nothing.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already, or what it stands on is gone.
        Invalid: as for `draft_appraisal`.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    rules.check_revise_appraisal(appraisal, by)
    check_purpose(purpose)
    basis = basis_of(appraisal.dataset_id, purpose=purpose, by=by)
    on = valuation_date(valued_on)
    found = computed_on(basis, approaches, purpose=purpose, on=on)
    figures = _figures(basis, found, purpose, on)
    if all(getattr(appraisal, name) == figure for name, figure in figures.items()):
        return appraisal
    for name, figure in figures.items():
        setattr(appraisal, name, figure)
    appraisal.save(update_fields=list(figures))
    appraisal.approaches.all().delete()
    _keep_approaches(appraisal, found)
    record(
        AppraisalRevised(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
        by=by,
    )
    return appraisal


@transaction.atomic
def submit_appraisal(appraisal_id: UUID, *, by: Actor) -> Appraisal:
    """Give a valuation to a second person.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or what it stands on is gone.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    lock_certificate(appraisal.certificate_id)
    rules.check_submit_appraisal(appraisal, by)
    APPRAISAL.move(appraisal, AppraisalState.SUBMITTED)
    appraisal.submitted_by_id = by.person_id
    appraisal.reason = ""
    appraisal.save(update_fields=["state", "submitted_by_id", "reason"])
    open_case(
        kind=CaseKind.VALUATION,
        subject=f"appraisal:{appraisal.pk}",
        organization_id=appraisal.organization_id,
        about=about(appraisal),
        by=by,
    )
    record(
        AppraisalSubmitted(
            subject=f"appraisal:{appraisal.pk}",
            about=about(appraisal),
            result_digest=appraisal.result_digest,
        ),
        by=by,
    )
    return appraisal


@transaction.atomic
def withdraw_appraisal(appraisal_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Appraisal:
    """Take a valuation back, with a reason; its credential is revoked.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization, and no reviewer of one in force.
        WrongState: it does not hold any more.
        Invalid: there is no reason.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    rules.check_withdraw_appraisal(appraisal, by)
    was_submitted = appraisal.state == AppraisalState.SUBMITTED
    APPRAISAL.move(appraisal, AppraisalState.WITHDRAWN)
    appraisal.reason = WHY.given(reason)
    appraisal.save(update_fields=["state", "reason"])
    if was_submitted:
        withdraw_case(
            kind=CaseKind.VALUATION,
            subject=f"appraisal:{appraisal.pk}",
            about=about(appraisal),
            by=by,
        )
    revoke_for(appraisal, reason=StatusReason.WITHDRAWN, by=by)
    record(
        AppraisalWithdrawn(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
        by=by,
    )
    return appraisal


def _figures(basis: Basis, found: Computed, purpose: str, on: date) -> dict[str, Any]:
    return {
        "dataset_id": basis.dataset.pk,
        "version_id": basis.version.pk,
        "certificate_id": basis.certificate.pk,
        "method": found.method,
        "purpose": purpose,
        "inputs": found.value.inputs,
        "result": found.value.result,
        "result_digest": found.digest,
        "library_version": found.value.version,
        "amount": found.value.amount,
        "low": found.low,
        "high": found.high,
        "currency": found.value.currency,
        "valued_on": on,
    }


def _keep_approaches(appraisal: Appraisal, found: Computed) -> None:
    Approach.objects.bulk_create(
        Approach(
            appraisal=appraisal,
            position=position,
            method=one.method,
            inputs=one.value.inputs,
            result=one.value.result,
            library_version=one.value.version,
            amount=one.value.amount,
            weight=one.weight,
            reason=one.reason,
        )
        for position, one in enumerate(found.approaches, start=1)
    )


# A second person decides on a valuation; time ends it.


@transaction.atomic
def approve_appraisal(
    appraisal_id: UUID, *, checklist: Annotated[Sequence[str], CHECKED] = (), by: Actor
) -> Appraisal:
    """Put a valuation in force, by a second person, and sign it; the one before is superseded.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, or what it stands on is gone.
        Invalid: a point of the checklist is not ticked.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    lock_certificate(appraisal.certificate_id)
    rules.check_approve_appraisal(appraisal, by)
    APPRAISAL.move(appraisal, AppraisalState.IN_FORCE)
    decide(
        kind=CaseKind.VALUATION,
        subject=f"appraisal:{appraisal.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=about(appraisal),
        by=by,
    )
    _supersede(appraisal, by)
    appraisal.valid_until = holds_until(appraisal)
    appraisal.credential = issue_for(appraisal, by=by)
    appraisal.save(update_fields=["state", "valid_until", "credential"])
    record(
        AppraisalApproved(
            subject=f"appraisal:{appraisal.pk}",
            about=about(appraisal),
            amount=str(appraisal.amount),
            currency=appraisal.currency,
            valid_until=appraisal.valid_until.isoformat(),
            result_digest=appraisal.result_digest,
        ),
        by=by,
    )
    return appraisal


@transaction.atomic
def return_appraisal(
    appraisal_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor
) -> Appraisal:
    """Send a valuation back for correction, with a reason.

    Raises:
        NotFound, NotAllowed: as for `approve_appraisal`.
        WrongState: it does not wait for a decision.
        Invalid: there is no reason.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    rules.check_return_appraisal(appraisal, by)
    APPRAISAL.move(appraisal, AppraisalState.RETURNED)
    case = decide(
        kind=CaseKind.VALUATION,
        subject=f"appraisal:{appraisal.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=about(appraisal),
        by=by,
    )
    appraisal.reason = case.reason
    appraisal.save(update_fields=["state", "reason"])
    record(
        AppraisalReturned(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
        by=by,
    )
    return appraisal


@transaction.atomic
def expire_appraisals(*, by: Actor) -> list[UUID]:
    """Let every valuation expire whose last day has passed; return which.

    Raises:
        NotAllowed: the actor is not the centre's own clockwork.
    """
    if not policies.may_expire(by):
        raise NotAllowed(_("Valuations expire by themselves."))
    overdue = (
        Appraisal.objects.select_for_update()
        .filter(state=AppraisalState.IN_FORCE, valid_until__lt=clock.today())
        .order_by("pk")
    )
    expired = []
    for appraisal in overdue:
        APPRAISAL.move(appraisal, AppraisalState.EXPIRED)
        appraisal.save(update_fields=["state"])
        record(
            AppraisalExpired(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
            by=by,
        )
        expired.append(appraisal.pk)
    return expired


def _supersede(newer: Appraisal, by: Actor) -> None:
    older = (
        Appraisal.objects.select_for_update()
        .filter(
            dataset_id=newer.dataset_id,
            organization_id=newer.organization_id,
            state=AppraisalState.IN_FORCE,
        )
        .first()
    )
    if older is None:
        return
    APPRAISAL.move(older, AppraisalState.SUPERSEDED)
    older.save(update_fields=["state"])
    revoke_for(older, reason=StatusReason.SUPERSEDED, by=by)
    record(
        AppraisalSuperseded(
            subject=f"appraisal:{older.pk}", about=about(older), by_appraisal=str(newer.pk)
        ),
        by=by,
    )


# Note what a settled trade says of prices.


@dataclass(frozen=True)
class SettledTrade:
    """A trade as the market knows it: its key, what was paid, whether to one buyer alone, when."""

    key: str
    price: Decimal
    currency: str
    is_exclusive: bool
    settled_on: date


@transaction.atomic
def note_comparable(version_id: UUID, *, trade: SettledTrade, by: Actor) -> Comparable:
    """Note a settled trade of a version without its parties. The same trade again changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        NotFound: there is no such version.
    """
    if not policies.may_note_comparables(by):
        raise NotAllowed(_("Trades are noted by themselves, once they are settled."))
    # The version's row keeps the same trade out until this one is seen.
    version = locked(versions_visible_to(by), pk=version_id)
    digest = _digest(trade.key)
    known = Comparable.objects.filter(trade_digest=digest).first()
    if known is not None:
        return known
    measured = measured_quality(version)
    comparable = Comparable.objects.create(
        trade_digest=digest,
        theme=version.described.theme,
        asset_kind=version.described.asset_kind,
        rows=version.rows,
        column_count=version.column_count,
        quality=measured.share if measured else None,
        is_exclusive=trade.is_exclusive,
        price=trade.price,
        currency=trade.currency,
        settled_on=trade.settled_on,
    )
    record(ComparableNoted(subject=f"comparable:{comparable.pk}"), by=by)
    return comparable


@transaction.atomic
def correct_comparable(trade_key: str, *, price: Decimal, by: Actor) -> Comparable | None:
    """Let a noted trade compare at what is left of its price; None where it was not noted.

    Valuations keep the prices that they were made of, so that they compute anew as they did. The
    same price again changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not policies.may_note_comparables(by):
        raise NotAllowed(_("Trades are noted by themselves, once they are settled."))
    rows = Comparable.objects.select_for_update()
    comparable = rows.filter(trade_digest=_digest(trade_key)).first()
    if comparable is None or comparable.price == price:
        return comparable
    comparable.price = price
    comparable.save(update_fields=["price"])
    record(ComparableCorrected(subject=f"comparable:{comparable.pk}"), by=by)
    return comparable


def _digest(trade_key: str) -> str:
    return sha256(f"comparable:{trade_key}".encode()).hexdigest()
