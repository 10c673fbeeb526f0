"""A second person decides on money that is to go out; what is approved is booked at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_account
from marketplace.trading.books.models import AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.held_money import wind_up
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.refunding import IN_COURSE, refunded_from
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, held_of
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState
from marketplace.trading.treasury.payout.events import (
    DisbursementApproved,
    DisbursementRejected,
    OrderRefunded,
)
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.reasons import given_reason
from marketplace.trading.treasury.payout.rules import (
    check_approve_disbursement,
    check_reject_disbursement,
    check_second_person,
)
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to
from marketplace.trading.treasury.payout.states import DISBURSEMENT, DisbursementState
from marketplace.trading.treasury.payout.timelines import concerns_of


@transaction.atomic
def approve_disbursement(disbursement_id: UUID, *, by: Actor) -> Disbursement:
    """Let money out as a second person: it is booked at once.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor may not decide, or proposed it.
        WrongState: it was decided, the account does not hold so much any more, or the order is in
            dispute.
    """
    disbursement = locked(disbursements_visible_to(by), pk=disbursement_id)
    check_second_person(disbursement, by)
    if disbursement.order_id is not None:
        disbursement.order = locked(orders_visible_to(by), pk=disbursement.order_id)
    if disbursement.payment_id is not None:
        disbursement.payment = locked(payments_visible_to(by), pk=disbursement.payment_id)
    person_id = check_approve_disbursement(disbursement, by)
    DISBURSEMENT.move(disbursement, DisbursementState.APPROVED)
    if disbursement.kind == DisbursementKind.REFUND:
        _refund(disbursement, by=by)
    else:
        _send_out(disbursement, by=by)
    disbursement.decided_by_id, disbursement.decided_at = person_id, clock.now()
    disbursement.save(update_fields=["state", "decided_by_id", "decided_at"])
    record(
        DisbursementApproved(
            subject=f"disbursement:{disbursement.pk}",
            about=concerns_of(disbursement),
            disbursement_kind=disbursement.kind,
            amount=str(disbursement.amount),
            currency=disbursement.currency,
        ),
        by=by,
    )
    return disbursement


@transaction.atomic
def reject_disbursement(disbursement_id: UUID, *, reason: str, by: Actor) -> Disbursement:
    """Keep money in as a second person, with a reason.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor may not decide, or proposed it.
        WrongState: it was decided.
        Invalid: there is no reason.
    """
    disbursement = locked(disbursements_visible_to(by), pk=disbursement_id)
    person_id = check_reject_disbursement(disbursement, by)
    DISBURSEMENT.move(disbursement, DisbursementState.REJECTED)
    disbursement.answer = given_reason(reason)
    disbursement.decided_by_id, disbursement.decided_at = person_id, clock.now()
    disbursement.save(update_fields=["state", "answer", "decided_by_id", "decided_at"])
    record(
        DisbursementRejected(
            subject=f"disbursement:{disbursement.pk}",
            about=concerns_of(disbursement),
            disbursement_kind=disbursement.kind,
        ),
        by=by,
    )
    return disbursement


def _refund(disbursement: Disbursement, *, by: Actor) -> None:
    order = disbursement.order
    assert order is not None
    cause, held = f"disbursement:{disbursement.pk}", held_of(order)
    if order.state in IN_COURSE and disbursement.amount == held:
        wind_up(order, refund=held, cause=cause, why=CreditReason.REFUND, by=by)
        move_order(order, OrderState.REFUNDED)
        order.save(update_fields=["state"])
        record(
            OrderRefunded(
                subject=f"order:{order.pk}",
                about=order.concerns,
                amount=str(held),
                currency=order.currency,
            ),
            by=by,
        )
        return
    payer, buyer = refunded_from(order, disbursement.amount), books_of(order).buyer
    book(
        [Posting(TransferKind.REFUND, payer, buyer, disbursement.amount, f"{cause}:refund")],
        belongs_to=order.pk,
    )
    credit(order, disbursement.amount, cause=f"{cause}:refund", why=CreditReason.REFUND)


def _send_out(disbursement: Disbursement, *, by: Actor) -> None:
    kind = TransferKind.PAYOUT
    payment = disbursement.payment
    if payment is not None:
        kind = TransferKind.RETURN
        PAYMENT.move(payment, PaymentState.RETURNED)
        payment.save(update_fields=["state"])
    account = visible(accounts_visible_to(by), pk=disbursement.account_id)
    outside = centre_account(AccountKind.OUTSIDE, disbursement.currency)
    cause = f"disbursement:{disbursement.pk}"
    book([Posting(kind, account, outside, disbursement.amount, cause)], belongs_to=None)
