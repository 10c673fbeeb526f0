"""A second person decides on a valuation; time ends it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal import policies, rules
from marketplace.appraisal.events import (
    AppraisalApproved,
    AppraisalExpired,
    AppraisalReturned,
    AppraisalSuperseded,
)
from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.proof import issue_for, revoke_for
from marketplace.appraisal.selectors import appraisals_visible_to
from marketplace.appraisal.standing import about, holds_until
from marketplace.appraisal.states import APPRAISAL, AppraisalState
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.certificate.selectors import lock_certificate


@transaction.atomic
def approve_appraisal(appraisal_id: UUID, *, checklist: Sequence[str], by: Actor) -> Appraisal:
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
def return_appraisal(appraisal_id: UUID, *, reason: str, by: Actor) -> Appraisal:
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
