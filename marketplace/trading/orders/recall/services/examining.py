"""Two reviewers examine a report of a re-identification: one proposes, another confirms."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.causes import RecallCause
from marketplace.preparation.services.recalling import recall_report
from marketplace.trading.orders.recall.events import (
    ReidentificationDecided,
    ReidentificationExamined,
)
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.rules import (
    check_decide_reidentification,
    check_examine_reidentification,
)
from marketplace.trading.orders.recall.selectors import reidentifications_visible_to
from marketplace.trading.orders.recall.services.reporting import given_reason, text_digest
from marketplace.trading.orders.recall.states import REIDENTIFICATION, ReidentificationState


@transaction.atomic
def examine_reidentification(
    reidentification_id: UUID, *, is_proven: bool, reason: str, by: Actor
) -> Reidentification:
    """Propose, as the first examiner, whether a person can be found, with reasons.

    Raises:
        NotFound: there is no such report among those the actor may see.
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
        WrongState: it was examined already.
        Invalid: there is no reason, or too long a one.
    """
    doubt = locked(reidentifications_visible_to(by), pk=reidentification_id)
    person_id = check_examine_reidentification(doubt, by)
    REIDENTIFICATION.move(doubt, ReidentificationState.EXAMINED)
    doubt.outcome, doubt.reason = is_proven, given_reason(reason)
    doubt.examined_by_id = person_id
    doubt.save(update_fields=["state", "outcome", "reason", "examined_by_id"])
    record(
        ReidentificationExamined(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            is_proven=is_proven,
            reason_sha256=text_digest(doubt.reason),
        ),
        by=by,
    )
    return doubt


@transaction.atomic
def decide_reidentification(
    reidentification_id: UUID, *, is_confirmed: bool, by: Actor
) -> Reidentification:
    """Confirm the first examiner's outcome as a second one, or have it examined anew.

    Confirmed as proven, the verdict is recalled in the same transaction: from then on nothing of
    this data is ordered, accepted or opened.

    Raises:
        NotFound: there is no such report among those the actor may see.
        NotAllowed: the actor is no reviewer, belongs to the organization of the data, or examined
            it first.
        WrongState: nobody has examined it yet, or it is decided.
    """
    doubt = locked(reidentifications_visible_to(by), pk=reidentification_id)
    person_id = check_decide_reidentification(doubt, by)
    outcome = ReidentificationState.RECEIVED
    if is_confirmed:
        proven = doubt.outcome
        outcome = ReidentificationState.PROVEN if proven else ReidentificationState.NOT_PROVEN
        doubt.decided_by_id, doubt.decided_at = person_id, clock.now()
    else:
        doubt.outcome, doubt.reason, doubt.examined_by_id = None, "", None
    REIDENTIFICATION.move(doubt, outcome)
    doubt.save(
        update_fields=[
            *("state", "outcome", "reason", "examined_by_id", "decided_by_id", "decided_at"),
        ]
    )
    record(
        ReidentificationDecided(
            subject=f"reidentification:{doubt.pk}", about=doubt.concerns, outcome=doubt.state
        ),
        by=by,
    )
    if outcome == ReidentificationState.PROVEN:
        recall_report(doubt.risk_report_id, cause=RecallCause(doubt.cause), by=by)
    return doubt
