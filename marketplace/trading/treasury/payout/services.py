"""A finance officer proposes to move money out; a second person decides, and it is booked."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, locked, visible
from marketplace.core.arguments import Number, RequestKey, reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_account
from marketplace.trading.books.models import Account, AccountKind, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.owing import check_propose_refund, owed_of, pay_owed
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.drawing import (
    lock_limit_of,
    payable_of,
    refundable_of,
)
from marketplace.trading.orders.settlement.held_money import return_released, wind_up
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.refunding import IN_COURSE, REFUNDABLE, refunded_from
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, held_of
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.selectors import account_in_force
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState
from marketplace.trading.treasury.payout.events import (
    DisbursementApproved,
    DisbursementProposed,
    DisbursementRejected,
    OrderRefunded,
)
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.rules import (
    check_approve_disbursement,
    check_propose_payout,
    check_propose_return,
    check_reject_disbursement,
    check_second_person,
)
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to
from marketplace.trading.treasury.payout.states import DISBURSEMENT, DisbursementState
from marketplace.trading.treasury.payout.timelines import concerns_of

WHY_REFUSED = reason_of(Disbursement, "answer")
WHY = reason_of(Disbursement)
AMOUNT = Number(label=gettext_lazy("Amount"), digits=18, places=2)

# A second person decides on money that is to go out; what is approved is booked at once.


@transaction.atomic
def approve_disbursement(disbursement_id: UUID, *, by: Actor) -> Disbursement:
    """Let money out as a second person: it is booked at once.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor may not decide, or proposed it.
        WrongState: it was decided, the account does not hold so much any more, the order is in
            dispute, or the bank account was altered by no act (`account-altered`).
    """
    disbursement = locked(disbursements_visible_to(by), pk=disbursement_id)
    check_second_person(disbursement, by)
    if disbursement.order_id is not None:
        disbursement.order = locked(orders_visible_to(by), pk=disbursement.order_id)
    if disbursement.payment_id is not None:
        disbursement.payment = locked(payments_visible_to(by), pk=disbursement.payment_id)
    if disbursement.kind == DisbursementKind.PAYOUT:
        outside = centre_account(AccountKind.OUTSIDE, disbursement.currency)
        lock_limit_of(disbursement.account, with_outside=outside)
        disbursement.account.refresh_from_db()
    person_id = check_approve_disbursement(disbursement, by)
    DISBURSEMENT.move(disbursement, DisbursementState.APPROVED)
    recalls = []
    if disbursement.kind == DisbursementKind.REFUND:
        recalls = _refund(disbursement, by=by)
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
        binds=bound(disbursement, *recalls),
        by=by,
    )
    return disbursement


@transaction.atomic
def reject_disbursement(
    disbursement_id: UUID, *, reason: Annotated[str, WHY_REFUSED], by: Actor
) -> Disbursement:
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
    disbursement.answer = WHY_REFUSED.given(reason)
    disbursement.decided_by_id, disbursement.decided_at = person_id, clock.now()
    disbursement.save(update_fields=["state", "answer", "decided_by_id", "decided_at"])
    record(
        DisbursementRejected(
            subject=f"disbursement:{disbursement.pk}",
            about=concerns_of(disbursement),
            disbursement_kind=disbursement.kind,
        ),
        binds=bound(disbursement),
        by=by,
    )
    return disbursement


def _refund(disbursement: Disbursement, *, by: Actor) -> list[Recall]:
    """Give money of an order back; return the recall of which a part was paid."""
    order = disbursement.order
    assert order is not None
    cause, held = f"disbursement:{disbursement.pk}", held_of(order)
    if order.state in IN_COURSE and disbursement.amount == held:
        wind_up(order, refund=held, cause=cause, why=CreditReason.REFUND, by=by)
        move_order(order, OrderState.REFUNDED)
        order.save(update_fields=["state"])
        ask_deletion(order, cause=DeletionCause.TERMINATED, by=by)
        record(
            OrderRefunded(
                subject=f"order:{order.pk}",
                about=order.concerns,
                amount=str(held),
                currency=order.currency,
            ),
            by=by,
        )
        return []
    if disbursement.amount <= held:
        books, cause = books_of(order), f"{cause}:refund"
        refund = Posting(TransferKind.REFUND, books.held, books.buyer, disbursement.amount, cause)
        book([refund], belongs_to=order.pk)
        credit(order, disbursement.amount, cause=cause, why=CreditReason.REFUND)
        return []
    is_owed = order.state not in REFUNDABLE
    why = CreditReason.RECALLED if is_owed else CreditReason.REFUND
    back = return_released(order, disbursement.amount, cause=cause, why=why)
    return [pay_owed(order, back)] if is_owed else []


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


# A finance officer proposes to move money out; it is booked when a second person approves.


@transaction.atomic
def propose_refund(
    order_id: UUID,
    *,
    amount: Annotated[Decimal, AMOUNT],
    reason: Annotated[str, WHY],
    request_key: Annotated[str, RequestKey()],
    by: Actor,
) -> Disbursement:
    """Propose to give a buyer money of an order back: of what is held, else of what was released.

    All that is held ends an order whose delivery is not accepted yet. The same request key again
    answers the same proposal.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: nothing was paid, the order is over and no recall owes anything, or a dispute
            decides it.
        Invalid: the amount, the reason or the key is none, or more than is there.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    person_id = check_propose_refund(order, by)
    account = refunded_from(order, amount)
    return _propose(
        DisbursementKind.REFUND,
        account,
        amount=amount,
        reason=reason,
        request_key=request_key,
        order=order,
        person_id=person_id,
        by=by,
    )


@transaction.atomic
def propose_payout(
    account_id: UUID,
    *,
    amount: Annotated[Decimal, AMOUNT],
    reason: Annotated[str, WHY],
    request_key: Annotated[str, RequestKey()],
    by: Actor,
) -> Disbursement:
    """Propose to pay money of an account out through the bank.

    The same request key again answers the same proposal.

    Raises:
        NotFound: there is no such account among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it is no account that money is paid out from, or holds none
            (`account-empty`).
        Invalid: the amount, the reason or the key is none, or more than is there.
    """
    account = locked(accounts_visible_to(by), pk=account_id)
    person_id = check_finance_officer(by)
    if not _is_known(request_key):
        check_propose_payout(account, by)
    return _propose(
        DisbursementKind.PAYOUT,
        account,
        amount=amount,
        reason=reason,
        request_key=request_key,
        person_id=person_id,
        by=by,
    )


@transaction.atomic
def propose_return(
    payment_id: UUID,
    *,
    reason: Annotated[str, WHY],
    request_key: Annotated[str, RequestKey()],
    by: Actor,
) -> Disbursement:
    """Propose to send a payment that fits nothing back to where it came from, whole.

    Raises:
        NotFound: there is no such payment among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the payment is allocated or returned, or its return waits already.
        Invalid: the reason or the key is none.
    """
    payment = locked(payments_visible_to(by), pk=payment_id)
    person_id = check_finance_officer(by)
    if not _is_known(request_key):
        check_propose_return(payment, by)
    return _propose(
        DisbursementKind.RETURN,
        centre_account(AccountKind.UNALLOCATED, payment.currency),
        amount=payment.amount,
        reason=reason,
        request_key=request_key,
        payment=payment,
        person_id=person_id,
        by=by,
    )


def _goes_to(kind: DisbursementKind, account: Account) -> BankAccount | None:
    if kind != DisbursementKind.PAYOUT or account.organization_id is None:
        return None
    return account_in_force(account.organization_id, account.currency)


def _is_known(request_key: str) -> bool:
    return Disbursement.objects.filter(request_key=request_key).exists()


def _refundable(order: Order, amount: Decimal) -> Decimal:
    most = refundable_of(order, amount)
    return most if order.state in REFUNDABLE else min(most, owed_of(order))


def _propose(
    kind: DisbursementKind,
    account: Account,
    *,
    amount: Decimal,
    reason: str,
    request_key: str,
    person_id: UUID,
    by: Actor,
    order: Order | None = None,
    payment: Payment | None = None,
) -> Disbursement:
    if not request_key.strip():
        raise Invalid(_("Give a request key, so that the same request is one."))
    proposed = Disbursement.objects.filter(request_key=request_key).first()
    if proposed is not None:
        asked = (proposed.kind, proposed.amount, proposed.order_id, proposed.payment_id)
        order_id, payment_id = order.pk if order else None, payment.pk if payment else None
        if asked != (kind, amount, order_id, payment_id):
            raise Invalid(
                _("This request key was used for something else. Open the page anew."),
                code="request-key-reused",
            )
        return proposed
    payable = _refundable(order, amount) if order else payable_of(account)
    if amount <= 0:
        sentence = _("Give an amount above zero.")
        raise Invalid(sentence, code="amount-not-positive", fields={"amount": [sentence]})
    if amount > payable:
        sentence = _("The account holds %(balance)s %(currency)s: give an amount up to that.") % {
            "balance": payable,
            "currency": account.currency,
        }
        raise Invalid(sentence, code="amount-too-high", fields={"amount": [sentence]})
    disbursement = Disbursement.objects.create(
        kind=kind,
        account=account,
        bank_account=_goes_to(kind, account),
        order=order,
        payment=payment,
        amount=amount,
        currency=account.currency,
        reason=WHY.given(reason),
        request_key=request_key,
        proposed_by_id=person_id,
    )
    record(
        DisbursementProposed(
            subject=f"disbursement:{disbursement.pk}",
            about=concerns_of(disbursement),
            disbursement_kind=kind.value,
            amount=str(amount),
            currency=account.currency,
        ),
        binds=bound(disbursement),
        by=by,
    )
    return disbursement
