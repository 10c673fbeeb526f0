"""A finance officer proposes to move money out; it is booked when a second person approves."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.books.account.services import centre_account
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.refunding import refunded_from
from marketplace.trading.orders.settlement.rules import check_finance_officer, check_propose_refund
from marketplace.trading.orders.settlement.selectors import accounts_visible_to
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payout.events import DisbursementProposed
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.reasons import given_reason
from marketplace.trading.treasury.payout.rules import check_propose_payout, check_propose_return
from marketplace.trading.treasury.payout.timelines import concerns_of


@transaction.atomic
def propose_refund(
    order_id: UUID, *, amount: Decimal, reason: str, request_key: str, by: Actor
) -> Disbursement:
    """Propose to give a buyer money of an order back: of what is held, else of the seller's money.

    All that is held ends an order whose delivery is not accepted yet. The same request key again
    answers the same proposal.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: nothing was paid, the order is over, or it is in dispute, which decides it.
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
    account_id: UUID, *, amount: Decimal, reason: str, request_key: str, by: Actor
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
def propose_return(payment_id: UUID, *, reason: str, request_key: str, by: Actor) -> Disbursement:
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


def _is_known(request_key: str) -> bool:
    return Disbursement.objects.filter(request_key=request_key).exists()


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
    if not 0 < amount <= account.balance:
        sentence = _("The account holds %(balance)s %(currency)s: give an amount up to that.") % {
            "balance": account.balance,
            "currency": account.currency,
        }
        raise Invalid(sentence, code="amount-too-high", fields={"amount": [sentence]})
    disbursement = Disbursement.objects.create(
        kind=kind,
        account=account,
        order=order,
        payment=payment,
        amount=amount,
        currency=account.currency,
        reason=given_reason(reason),
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
        by=by,
    )
    return disbursement
