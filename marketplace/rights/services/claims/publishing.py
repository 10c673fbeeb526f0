"""The public notice of a claim: begin it, or waive it for a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.rights.clocks import clocks
from marketplace.rights.events import NoticeOpened, NoticeWaived
from marketplace.rights.gatekeeping import concerns, examined, given_reason, text_digest
from marketplace.rights.models import Claim
from marketplace.rights.states import CLAIM, ClaimState
from marketplace.rights.steps import DECISION_CLOCK, stop_decision_clock

LONGEST_REASON = 500


@transaction.atomic
def open_notice(claim_id: UUID, *, by: Actor) -> Claim:
    """Publish a claim, so that others can object; the decision's term stands still meanwhile.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    claim = examined(claim_id, by=by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("Only a claim under review is published. Reload the page."))
    if claim.waive_reason:
        raise WrongState(
            _("The notice of this claim was waived. Confirm or refuse it."), code="NOTICE_WAIVED"
        )
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
    claim = examined(claim_id, by=by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("The notice can be waived only while the claim is under review."))
    reason = given_reason(reason, longest=LONGEST_REASON)
    if claim.waive_reason:
        return claim
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
