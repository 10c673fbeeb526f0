"""The register examines a claim: it begins, takes more time, refuses, or ends it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.claim import rules
from marketplace.rights.claim.events import (
    ClaimRefused,
    ClaimTerminated,
    DecisionExtended,
    ReviewStarted,
)
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.reasons import given_reason, text_digest
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.procedure.clocks import clocks

LONGEST_REASON = 1000
LONGEST_EXTENSION_REASON = 500


@transaction.atomic
def start_review(claim_id: UUID, *, by: Actor) -> Claim:
    """Begin to examine the accuracy of the description, the source and the clarity of the right.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not accepted, or under review already.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_start_review(claim, by)
    CLAIM.move(claim, ClaimState.UNDER_REVIEW)
    claim.save(update_fields=["state"])
    record(ReviewStarted(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    return claim


@transaction.atomic
def extend_decision(claim_id: UUID, *, reason: str, by: Actor) -> Claim:
    """Give the decision more time, once (art. 28).

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the decision's term does not run, or was extended already.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    decision = rules.check_extend_decision(claim, by)
    reason = given_reason(reason, longest=LONGEST_EXTENSION_REASON)
    extended = clocks(claim.procedure).extended(decision)
    keep_term(claim, "decision_due_on", extended)
    claim.was_extended = True
    claim.extension_reason = reason
    claim.save(update_fields=["decision_due_on", "provisional", "was_extended", "extension_reason"])
    record(
        DecisionExtended(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            due_on=extended.last_day.isoformat(),
            reason_sha256=text_digest(reason),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def refuse_claim(claim_id: UUID, *, reason: str, by: Actor) -> Claim:
    """Refuse a claim under review, in writing (art. 22).

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_refuse_claim(claim, by)
    CLAIM.move(claim, ClaimState.REFUSED)
    claim.reason = given_reason(reason, longest=LONGEST_REASON)
    claim.decision_due_on = None
    claim.save(update_fields=["state", "reason", "decision_due_on"])
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.REFUSED,
        reason=claim.reason,
        about=concerns(claim)[1:],
        by=by,
    )
    record(
        ClaimRefused(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(claim.reason),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def terminate_claim(claim_id: UUID, *, reason: str, by: Actor) -> Claim:
    """End a claim that was not completed during review, once the time for it has passed.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim does not wait for completion, or there is time left.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_terminate_claim(claim, by)
    CLAIM.move(claim, ClaimState.TERMINATED)
    claim.reason = given_reason(reason, longest=LONGEST_REASON)
    claim.decision_days_left = None
    claim.save(update_fields=["state", "reason", "decision_days_left"])
    record(
        ClaimTerminated(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(claim.reason),
        ),
        by=by,
    )
    return claim
