"""The register replies to a claim: it takes it on, or asks once for all that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.claim import rules
from marketplace.rights.claim.decision_clock import DECISION_CLOCK, stop_decision_clock
from marketplace.rights.claim.events import ClaimAccepted, SupplementAsked
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.procedure.clocks import clocks

LONGEST_LIST = 1000


@transaction.atomic
def accept_claim(claim_id: UUID, *, by: Actor) -> Claim:
    """Take a claim on, so that the decision's term begins.

    Where the register has not replied in time, the claim counts as accepted on the next working
    day, whenever this is called; the centre's software calls it then.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre; or it is the centre's software, and
            there is time left to reply.
        WrongState: the claim does not wait for a reply.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_accept_claim(claim, by)
    CLAIM.move(claim, ClaimState.ACCEPTED)
    silence_on = rules.accepted_by_silence(claim)
    claim.was_accepted_silently = silence_on is not None
    claim.accepted_on = silence_on or clock.today()
    claim.reply_due_on = None
    keep_term(claim, "decision_due_on", clocks(claim.procedure).decision_due(claim.accepted_on))
    claim.save(
        update_fields=[
            "state",
            "was_accepted_silently",
            "accepted_on",
            "reply_due_on",
            "decision_due_on",
            "provisional",
        ]
    )
    record(
        ClaimAccepted(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            is_silent=claim.was_accepted_silently,
            accepted_on=claim.accepted_on.isoformat(),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def ask_supplement(claim_id: UUID, *, missing: Sequence[str], by: Actor) -> Claim:
    """Ask the claimant for what is missing: before acceptance once, for everything at a time.

    During review it may be asked again; the decision's term stands still meanwhile.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not being examined, was asked to be completed before, or counts as
            accepted because the register did not reply in time.
        Invalid: nothing is named, or too much.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    CLAIM.move(claim, rules.check_ask_supplement(claim, by))
    points = _points(missing)
    claim.missing = points
    if claim.state == ClaimState.SUPPLEMENT_ACCEPTANCE:
        claim.was_asked_to_complete = True
    supplement = clocks(claim.procedure).supplement_due(clock.today())
    keep_term(claim, "supplement_due_on", supplement)
    claim.reply_due_on = None
    stop_decision_clock(claim)
    claim.save(
        update_fields=[
            "state",
            "missing",
            "was_asked_to_complete",
            "supplement_due_on",
            "reply_due_on",
            *DECISION_CLOCK,
        ]
    )
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.RETURNED,
        reason="\n".join(points),
        about=concerns(claim)[1:],
        by=by,
    )
    record(
        SupplementAsked(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            points=len(points),
            due_on=supplement.last_day.isoformat(),
        ),
        by=by,
    )
    return claim


def _points(missing: Sequence[str]) -> list[str]:
    points = [point.strip() for point in missing if point.strip()]
    if not points:
        sentence = _("Name everything that is missing, one point a line.")
        raise Invalid(sentence, code="nothing-named", fields={"missing": [sentence]})
    if len("\n".join(points)) > LONGEST_LIST:
        sentence = _("Shorten this to %(most)d characters.") % {"most": LONGEST_LIST}
        raise Invalid(sentence, code="too-long", fields={"missing": [sentence]})
    return points
