"""The public notice of a claim: begin it, or waive it for a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.rights.claim import rules
from marketplace.rights.claim.decision_clock import DECISION_CLOCK, stop_decision_clock
from marketplace.rights.claim.events import NoticeOpened, NoticeWaived
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.reasons import given_reason, text_digest
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.procedure.clocks import clocks

LONGEST_REASON = 500


@transaction.atomic
def open_notice(claim_id: UUID, *, by: Actor) -> Claim:
    """Publish a claim, so that others can object; the decision's term stands still meanwhile.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_open_notice(claim, by)
    CLAIM.move(claim, ClaimState.PUBLIC_NOTICE)
    claim.notice_from = clock.today()
    notice = clocks(claim.procedure).notice(claim.notice_from)
    keep_term(claim, "notice_until", notice)
    stop_decision_clock(claim)
    claim.save(update_fields=["state", "notice_from", "notice_until", *DECISION_CLOCK])
    record(
        NoticeOpened(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            until=notice.last_day.isoformat(),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def waive_notice(claim_id: UUID, *, reason: str, by: Actor) -> Claim:
    """Let a claim go on without public notice, for a reason that is kept. Again changes nothing.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_examines(claim, by)
    if rules.is_waived(claim):
        return claim
    rules.check_waive_notice(claim, by)
    reason = given_reason(reason, longest=LONGEST_REASON)
    claim.waive_reason = reason
    claim.save(update_fields=["waive_reason"])
    record(
        NoticeWaived(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(reason),
        ),
        by=by,
    )
    return claim
