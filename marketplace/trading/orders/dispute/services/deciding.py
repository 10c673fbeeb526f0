"""A reviewer mediates, both sides agree or a second officer decides, and a side may appeal."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock, workdays
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.terms import has_passed, keep_term
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.dispute import rules
from marketplace.trading.orders.dispute.events import (
    DisputeAppealed,
    DisputeDecided,
    SettlementAnswered,
    SettlementProposed,
)
from marketplace.trading.orders.dispute.locks import both
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.outcome import checked_refund, execute
from marketplace.trading.orders.dispute.selectors import decided_past_appeal
from marketplace.trading.orders.dispute.statements import said, text_digest
from marketplace.trading.orders.dispute.states import DISPUTE, DisputeState
from marketplace.trading.orders.dispute.timelines import concerns


@transaction.atomic
def propose_settlement(dispute_id: UUID, *, refund: Decimal, reason: str, by: Actor) -> Dispute:
    """Propose to both sides, as a mediator, how much goes back to the buyer.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side, or somebody else mediates.
        WrongState: a proposal waits for answers, or the dispute is decided.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    person_id = rules.check_propose_settlement(dispute, by)
    DISPUTE.move(dispute, DisputeState.PROPOSED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = said(reason, field="reason")
    dispute.proposed_by_id = person_id
    dispute.buyer_agreed_at = dispute.seller_agreed_at = None
    dispute.save(
        update_fields=[
            *("state", "refund", "reason", "proposed_by_id"),
            *("buyer_agreed_at", "seller_agreed_at"),
        ]
    )
    record(
        SettlementProposed(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            refund=str(refund),
            currency=order.currency,
        ),
        by=by,
    )
    return dispute


@transaction.atomic
def answer_settlement(dispute_id: UUID, *, is_agreed: bool, by: Actor) -> Dispute:
    """Agree to a proposal, or not: when both sides have agreed, the money is divided by it.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor acts for neither side.
        WrongState: no proposal waits for an answer.
    """
    order, dispute = both(dispute_id, by=by)
    side = rules.check_answer_settlement(dispute, by)
    if is_agreed and rules.has_agreed(dispute, side):
        return dispute
    if is_agreed:
        setattr(dispute, f"{side}_agreed_at", clock.now())
    else:
        DISPUTE.move(dispute, DisputeState.OPEN)
    dispute.save(update_fields=["state", "buyer_agreed_at", "seller_agreed_at"])
    record(
        SettlementAnswered(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            side=side.value,
            is_agreed=is_agreed,
        ),
        by=by,
    )
    if dispute.buyer_agreed_at and dispute.seller_agreed_at and is_agreed:
        DISPUTE.move(dispute, DisputeState.SETTLED)
        execute(order, dispute, by=by)
    return dispute


@transaction.atomic
def decide_dispute(dispute_id: UUID, *, refund: Decimal, reason: str, by: Actor) -> Dispute:
    """Decide a dispute as a second officer; it takes effect when the time to appeal is over.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, is of a side, or mediated.
        WrongState: it is decided already, or nobody has proposed a settlement yet.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    person_id = rules.check_decide_dispute(dispute, by)
    DISPUTE.move(dispute, DisputeState.DECIDED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = said(reason, field="reason")
    dispute.decided_by_id = person_id
    days = int(settings.CENTRE["APPEAL_WORKING_DAYS"])
    appeal = workdays.calendar().term(clock.today(), days)
    keep_term(dispute, "appeal_until", appeal)
    dispute.save(
        update_fields=[
            *("state", "refund", "reason", "decided_by_id", "appeal_until", "provisional"),
        ]
    )
    record(
        DisputeDecided(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            refund=str(refund),
            currency=order.currency,
            appeal_until=appeal.last_day.isoformat(),
            reason_sha256=text_digest(dispute.reason),
        ),
        by=by,
    )
    return dispute


@transaction.atomic
def appeal_dispute(dispute_id: UUID, *, text: str, by: Actor) -> Dispute:
    """Record that a side took a decision to a court or arbitrator: everything stands still on.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor acts for neither side.
        WrongState: it is not decided, or the time to appeal is over.
        Invalid: it is not said before whom and why.
    """
    _order, dispute = both(dispute_id, by=by)
    side = rules.check_appeal_dispute(dispute, by)
    DISPUTE.move(dispute, DisputeState.APPEALED)
    dispute.appeal = said(text, field="text")
    dispute.save(update_fields=["state", "appeal"])
    record(
        DisputeAppealed(subject=f"dispute:{dispute.pk}", about=concerns(dispute), side=side.value),
        by=by,
    )
    return dispute


@transaction.atomic
def record_ruling(dispute_id: UUID, *, refund: Decimal, reason: str, by: Actor) -> Dispute:
    """Record what a court or arbitrator ruled on an appeal: the money is divided by it at once.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: it is not before a court or arbitrator.
        Invalid: the refund is more than is held, or no reason is given.
    """
    order, dispute = both(dispute_id, by=by)
    rules.check_record_ruling(dispute, by)
    DISPUTE.move(dispute, DisputeState.CLOSED)
    dispute.refund = checked_refund(order, refund)
    dispute.reason = said(reason, field="reason")
    execute(order, dispute, by=by)
    return dispute


def close_due_disputes(*, by: Actor) -> list[UUID]:
    """Carry out each decision that nobody appealed in time; each is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    due = list(decided_past_appeal(on=clock.today()).values_list("pk", flat=True))
    closed = []
    for dispute_id in due:
        with transaction.atomic():
            order, dispute = both(dispute_id, by=by)
            if dispute.state == DisputeState.DECIDED and has_passed(dispute, "appeal_until"):
                DISPUTE.move(dispute, DisputeState.CLOSED)
                execute(order, dispute, by=by)
                closed.append(dispute_id)
    return closed
