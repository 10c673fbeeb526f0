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
from marketplace.trading.orders.settlement.dividing import (
    Split,
    fee_rate_of,
    in_parts,
    split_of,
)
from marketplace.trading.orders.settlement.drawing import (
    draw_back,
    drawable,
    frozen_by,
    left_of_paid,
    released_of,
)
from marketplace.trading.orders.settlement.fee_papers import write_fee_papers
from marketplace.trading.orders.settlement.fees import FEES, Bearer, Ending
from marketplace.trading.orders.settlement.invoicing import credit
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import (
    charges_of,
    held_of,
    part_of,
    transfers_of,
)
from marketplace.trading.orders.settlement.sources import to_sources
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
    write_fee_papers(order)
    return split


def take_back(order: Order, *, cause: str) -> None:
    """Hold again what was released of an order, as far as its parts are still there."""
    draw_back(order, released_of(order).whole, cause=f"{cause}:freeze")
    write_fee_papers(order)


def give_again(order: Order, *, cause: str) -> None:
    """Give what was taken back for a cause again to those who gave it."""
    given = frozen_by(order, cause=f"{cause}:freeze")
    book(_divided(order, given, f"{cause}:again"), belongs_to=order.pk)
    write_fee_papers(order)


def most_refund(order: Order) -> Decimal:
    """Return how much can go back of what is held: no bank charges that the centre bears."""
    return min(held_of(order), left_of_paid(order))


def checked_refund(order: Order, refund: Decimal) -> Decimal:
    """Return an amount that goes back to the buyer, or refuse one that is not held.

    Raises:
        Invalid: it is negative, more than is held, or no whole number of cents (`refund-too-high`).
    """
    held = most_refund(order)
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


def return_released(order: Order, amount: Decimal, *, cause: str, why: CreditReason) -> Decimal:
    """Give the buyer an amount of what was released back, as far as it is there; return how much.

    Each part gives in proportion to what it has, the centre of its fee too. What banks kept, which
    the centre bore at the release, it has back first where that is there as well.
    """
    kept = _borne_at_release(order)
    back = sum((posting.amount for posting in kept), NOTHING)
    if drawable(order, amount + back) < amount + back:
        kept, back = [], NOTHING
    came = draw_back(order, amount + back, cause=f"{cause}:freeze").whole
    if not came:
        return NOTHING
    books, cause = books_of(order), f"{cause}:refund"
    refund = Posting(TransferKind.REFUND, books.held, books.buyer, came - back, cause)
    book([refund, *kept], belongs_to=order.pk)
    credit(order, came, cause=cause, why=why)
    write_fee_papers(order)
    return came - back


def _borne_at_release(order: Order) -> list[Posting]:
    """Return the movements that give the centre back what it bore, once money goes back."""
    books = books_of(order)
    causes = {charge.pk: f"charge:{charge.pk}" for charge in charges_of(order)}
    named = [f"{cause}:{step}" for cause in causes.values() for step in ("borne", "unborne")]
    booked = {row.cause: row for row in Transfer.objects.filter(cause__in=named)}
    borne = centre_account(AccountKind.BORNE, order.currency) if booked else None
    return [
        Posting(
            *(TransferKind.BORNE, books.held, borne),
            *(booked[f"{cause}:borne"].amount, f"{cause}:unborne"),
        )
        for cause in causes.values()
        if borne is not None and f"{cause}:borne" in booked and f"{cause}:unborne" not in booked
    ]


def wind_up(order: Order, *, refund: Decimal, cause: str, why: CreditReason, by: Actor) -> Split:
    """End the money side of an order: `refund` of what is held goes back, the rest is released.

    Who bears the fee says the table of fees. Of what was accepted before and taken back, each gets
    again what is left of its part. What is still owed is owed no
    more. The centre bears what banks kept only where nothing goes back: else two sides that trade
    with each other would pay short, give back, and take out what never came in. The caller moves
    the order and records what happened.

    Raises:
        Invalid: the refund is negative, or more than is held (`refund-too-high`).
    """
    checked_refund(order, refund)
    bearer = FEES[Ending(why.value)].of(is_released=order.completed_at is not None)
    waived = borne_of(order) if refund else NOTHING
    if not refund:
        bear_charges(order)
    books, rest = books_of(order), held_of(order) - refund
    kept = _borne_at_release(order) if refund else []
    back = sum((posting.amount for posting in kept), NOTHING)
    if back > rest:
        kept, back = [], NOTHING
    rest -= back
    if bearer == Bearer.RETURNED:
        split = _left_in_parts(order, rest, cause=f"{cause}:freeze")
    else:
        split = split_of(rest, NOTHING if bearer == Bearer.NOBODY else fee_rate_of(order))
    given = Posting(TransferKind.REFUND, books.held, books.buyer, refund, f"{cause}:refund")
    book([given, *kept, *_divided(order, split, cause)], belongs_to=order.pk)
    if refund:
        # What a bank kept is asked for no more either: the invoice is corrected wholly.
        credit(order, refund + waived + back, cause=f"{cause}:refund", why=why)
    _void_open_charges(order)
    _settle(order)
    write_fee_papers(order)
    return split


def _left_in_parts(order: Order, rest: Decimal, *, cause: str) -> Split:
    """Divide what is left of what was taken back for a cause, in proportion to what each gave."""
    given = frozen_by(order, cause=cause)
    gone = in_parts(given, given.whole - rest)
    fee, share, tax = given.fee - gone.fee, given.share - gone.share, given.tax - gone.tax
    return Split(seller=rest - fee - share - tax, fee=fee, share=share, tax=tax)


def _void_open_charges(order: Order) -> None:
    for charge in charges_of(order).filter(state=ChargeState.OPEN):
        CHARGE.move(charge, ChargeState.VOID)
        charge.save(update_fields=["state"])
        cause = f"charge:{charge.pk}:void"
        _give_parts_back(order, charge, cause=cause)
        credit(order, charge.due, cause=cause, why=CreditReason.VOID, charge=charge)


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
