"""Release, take back and divide the money that is held for an order, in the caller's transaction.

The caller holds the order's lock, which also keeps its charges apart.
"""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.trading.books.account.services import centre_account
from marketplace.trading.books.models import AccountKind, Transfer, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.dividing import Split, fee_rate_of, split_of
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import (
    charges_of,
    held_of,
    part_of,
    transfers_of,
)
from marketplace.trading.orders.settlement.sources import from_sources, to_sources
from marketplace.trading.orders.settlement.states import CHARGE, ChargeState

NOTHING = Decimal(0)


def hold_parts(order: Order, charge: Charge) -> None:
    """Hold what came in for a charge in parts, now that it is paid wholly."""
    part = part_of(charge)
    if part is not None:
        cause = f"charge:{charge.pk}:parts"
        held = books_of(order).held
        book(
            [Posting(TransferKind.HOLD, part, held, part.balance, cause)],
            belongs_to=order.pk,
        )


def bear_charges(order: Order) -> None:
    """Add what banks kept of payments to what is held, at the centre's cost: before a release.

    Not as soon as it is paid, since what goes back to a buyer is what came from it.
    """
    borne = centre_account(AccountKind.BORNE, order.currency) if borne_of(order) else None
    for charge in charges_of(order).filter(state=ChargeState.PAID, borne__gt=0):
        assert borne is not None
        cause = f"charge:{charge.pk}:borne"
        held = books_of(order).held
        book(
            [Posting(TransferKind.BORNE, borne, held, charge.borne, cause)],
            belongs_to=order.pk,
        )


def borne_of(order: Order) -> Decimal:
    """Add up what banks kept of the payments that are held of an order."""
    rows = charges_of(order).filter(state=ChargeState.PAID)
    return rows.aggregate(sum=Sum("borne"))["sum"] or NOTHING


def split_to_come(order: Order) -> Split:
    """Return how what is held of an order would be divided now; before a payment, what is due."""
    is_paid = transfers_of(order).filter(kind=TransferKind.HOLD).exists()
    amount = held_of(order) + borne_of(order) if is_paid else order.due_first
    return split_of(amount, fee_rate_of(order))


def release(order: Order, *, cause: str, bears: bool = True) -> Split:
    """Divide all that is held of an order among those whom it belongs to.

    `bears` tells whether the centre adds what banks kept: not where a part has just gone back.
    """
    if bears:
        bear_charges(order)
    split = split_of(held_of(order), fee_rate_of(order))
    if split != Split(NOTHING, NOTHING, NOTHING, NOTHING):
        book(_divided(order, split, cause), belongs_to=order.pk)
    _settle(order)
    return split


def take_back(order: Order, *, cause: str) -> None:
    """Hold again what was released of an order, as far as seller and sources still have it."""
    books = books_of(order)
    moved = {
        row["kind"]: row["sum"]
        for row in Transfer.objects.filter(belongs_to=order.pk)
        .order_by()
        .values("kind")
        .annotate(sum=Sum("amount"))
    }
    amount = moved.get(TransferKind.RELEASE, NOTHING) - moved.get(TransferKind.FREEZE, NOTHING)
    amount, back = from_sources(order, amount, cause=cause)
    frozen = Posting(TransferKind.FREEZE, books.seller, books.held, amount, cause)
    book([*back, frozen], belongs_to=order.pk)


def give_again(order: Order, *, cause: str) -> None:
    """Release again what was taken back; its fee was paid the first time."""
    books, held = books_of(order), held_of(order)
    given = Posting(TransferKind.RELEASE, books.held, books.seller, held, cause)
    book([given, *to_sources(order, held, cause=cause)], belongs_to=order.pk)


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
    """Give a part of what is held back to the buyer, with its credit note.

    What banks kept is asked for no more either, as where all goes back: the caller bears none of it
    when it releases the rest.
    """
    books = books_of(order)
    cause = f"{cause}:refund"
    back = Posting(TransferKind.REFUND, books.held, books.buyer, refund, cause)
    book([back], belongs_to=order.pk)
    credit(order, refund + borne_of(order), cause=cause, why=why)


def wind_up(order: Order, *, refund: Decimal, cause: str, why: CreditReason, by: Actor) -> Split:
    """End the money side of an order: `refund` of what is held goes back, the rest is released.

    Of what was accepted before and taken back no second fee is taken. What is still owed is owed no
    more. The centre bears what banks kept only where nothing goes back: else two sides that trade
    with each other would pay short, give back, and take out what never came in. The caller moves
    the order and records what happened.

    Raises:
        Invalid: the refund is negative, or more than is held (`refund-too-high`).
    """
    checked_refund(order, refund)
    waived = borne_of(order) if refund else NOTHING
    if not refund:
        bear_charges(order)
    books, rest = books_of(order), held_of(order) - refund
    split = Split(rest, NOTHING, NOTHING, NOTHING)
    if not order.completed_at:
        split = split_of(rest, fee_rate_of(order))
    back = Posting(TransferKind.REFUND, books.held, books.buyer, refund, f"{cause}:refund")
    book([back, *_divided(order, split, cause)], belongs_to=order.pk)
    if refund:
        # What a bank kept is asked for no more either: the invoice is corrected wholly.
        credit(order, refund + waived, cause=f"{cause}:refund", why=why)
    for charge in charges_of(order).filter(state=ChargeState.OPEN):
        CHARGE.move(charge, ChargeState.VOID)
        charge.save(update_fields=["state"])
        cause = f"charge:{charge.pk}:void"
        _give_parts_back(order, charge, cause=cause)
        credit(order, charge.due, cause=cause, why=CreditReason.VOID, charge=charge)
    _settle(order)
    return split


def _give_parts_back(order: Order, charge: Charge, *, cause: str) -> None:
    part = part_of(charge)
    if part is not None:
        back = Posting(TransferKind.REFUND, part, books_of(order).buyer, part.balance, cause)
        book([back], belongs_to=order.pk)


def _settle(order: Order) -> None:
    for charge in charges_of(order).filter(state=ChargeState.PAID):
        CHARGE.move(charge, ChargeState.SETTLED)
        charge.save(update_fields=["state"])


def _divided(order: Order, split: Split, cause: str) -> list[Posting]:
    books = books_of(order)
    return [
        Posting(TransferKind.RELEASE, books.held, books.seller, split.seller, f"{cause}:release"),
        Posting(TransferKind.FEE, books.held, books.fee, split.fee, f"{cause}:fee"),
        Posting(TransferKind.SHARE, books.held, books.share, split.share, f"{cause}:share"),
        Posting(TransferKind.TAX, books.held, books.tax, split.tax, f"{cause}:tax"),
        *to_sources(order, split.seller, cause=cause),
    ]
