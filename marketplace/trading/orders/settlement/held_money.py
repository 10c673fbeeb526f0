"""Release, take back and divide the money that is held for an order, in the caller's transaction.

The caller holds the order's lock, which also keeps its charges apart.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.trading.books.models import Account, Transfer, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import Books, books_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.dividing import Split, split_of
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.selectors import charges_of, held_of
from marketplace.trading.orders.settlement.states import CHARGE, ChargeState

NOTHING = Decimal(0)


AWAITED = (OrderState.SIGNED, OrderState.PAID, OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order whose money is held until its delivery is accepted."""


OVER = (OrderState.COMPLETED, OrderState.TERMINATED)
"""The states in which nothing is held any more: a later bill, such as for use, goes through."""


def release(order: Order, *, cause: str) -> Split:
    """Divide all that is held of an order among those whom it belongs to."""
    split = split_of(held_of(order))
    if split != Split(NOTHING, NOTHING, NOTHING, NOTHING):
        book(_divided(books_of(order), split, cause), belongs_to=order.pk)
    _settle(order)
    return split


def take_back(order: Order, *, cause: str) -> None:
    """Hold again what was released of an order to its seller, as far as it is still there."""
    books = books_of(order)
    moved = {
        row["kind"]: row["sum"]
        for row in Transfer.objects.filter(belongs_to=order.pk)
        .order_by()
        .values("kind")
        .annotate(sum=Sum("amount"))
    }
    amount = moved.get(TransferKind.RELEASE, NOTHING) - moved.get(TransferKind.FREEZE, NOTHING)
    seller = Account.objects.select_for_update().get(pk=books.seller.pk)
    amount = min(amount, seller.balance)
    book([Posting(TransferKind.FREEZE, seller, books.held, amount, cause)], belongs_to=order.pk)


def give_again(order: Order, *, cause: str) -> None:
    """Release again what was taken back; its fee was paid the first time."""
    books = books_of(order)
    book(
        [Posting(TransferKind.RELEASE, books.held, books.seller, held_of(order), cause)],
        belongs_to=order.pk,
    )


def checked_refund(order: Order, refund: Decimal) -> Decimal:
    """Return an amount that goes back to the buyer, or refuse one that is not held.

    Raises:
        Invalid: it is negative, more than is held, or no whole number of cents (`refund-too-high`).
    """
    held = held_of(order)
    if not 0 <= refund <= held or refund != round(refund, 2):
        sentence = _("The refund lies between 0 and what is held, %(held)s %(currency)s.") % {
            "held": held,
            "currency": order.currency,
        }
        raise Invalid(sentence, code="refund-too-high", fields={"refund": [sentence]})
    return refund


def give_back(order: Order, refund: Decimal, *, cause: str, why: CreditReason) -> None:
    """Give a part of what is held back to the buyer, with its credit note."""
    books = books_of(order)
    cause = f"{cause}:refund"
    back = Posting(TransferKind.REFUND, books.held, books.buyer, refund, cause)
    book([back], belongs_to=order.pk)
    credit(order, refund, cause=cause, why=why)


def wind_up(order: Order, *, refund: Decimal, cause: str, why: CreditReason, by: Actor) -> Split:
    """End the money side of an order: `refund` of what is held goes back, the rest is released.

    Of what was accepted before and taken back no second fee is taken. What is still owed is owed no
    more. The caller moves the order and records what happened.

    Raises:
        Invalid: the refund is negative, or more than is held.
    """
    held = held_of(order)
    if not NOTHING <= refund <= held:
        sentence = _("The refund lies between 0 and what is held, %(held)s %(currency)s.") % {
            "held": held,
            "currency": order.currency,
        }
        raise Invalid(sentence, code="refund-too-high", fields={"amount": [sentence]})
    books, rest = books_of(order), held - refund
    split = Split(rest, NOTHING, NOTHING, NOTHING) if order.completed_at else split_of(rest)
    back = Posting(TransferKind.REFUND, books.held, books.buyer, refund, f"{cause}:refund")
    book([back, *_divided(books, split, cause)], belongs_to=order.pk)
    if refund:
        credit(order, refund, cause=f"{cause}:refund", why=why)
    for charge in charges_of(order).filter(state=ChargeState.OPEN):
        CHARGE.move(charge, ChargeState.VOID)
        charge.save(update_fields=["state"])
        cause = f"charge:{charge.pk}:void"
        credit(order, charge.due, cause=cause, why=CreditReason.VOID, charge=charge)
    _settle(order)
    return split


def _settle(order: Order) -> None:
    for charge in charges_of(order).filter(state=ChargeState.PAID):
        CHARGE.move(charge, ChargeState.SETTLED)
        charge.save(update_fields=["state"])


def _divided(books: Books, split: Split, cause: str) -> list[Posting]:
    return [
        Posting(TransferKind.RELEASE, books.held, books.seller, split.seller, f"{cause}:release"),
        Posting(TransferKind.FEE, books.held, books.fee, split.fee, f"{cause}:fee"),
        Posting(TransferKind.SHARE, books.held, books.share, split.share, f"{cause}:share"),
        Posting(TransferKind.TAX, books.held, books.tax, split.tax, f"{cause}:tax"),
    ]
