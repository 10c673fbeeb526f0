"""What was released of an order comes back: each part of it gives in proportion to what it has."""

from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from marketplace.core import to_cents
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.books.transfer.services import Posting, book
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.dividing import Split, in_parts
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.settlement.sources import from_sources, income_of, reachable

NOTHING = Decimal(0)
OTHERS = {"fee": AccountKind.FEE, "share": AccountKind.SHARE, "tax": AccountKind.TAX}
"""Who has a part of what was released beside the seller, by its name in a `Split`."""

CENTRE_HAS = (AccountKind.FEE, AccountKind.INTEREST, AccountKind.BANK_FEE)
"""The centre's own money: what stands there may leave, as far as its costs leave it."""
CENTRE_BORE = (AccountKind.BORNE, AccountKind.CORRECTION)


def released_of(order: Order) -> Split:
    """Return what each has at the moment of what was released of an order."""
    rows = Transfer.objects.filter(belongs_to=order.pk)
    return Split(
        seller=income_of(order),
        **{name: _net(rows, kind=kind) for name, kind in OTHERS.items()},
    )


def frozen_by(order: Order, *, cause: str) -> Split:
    """Return what each gave into custody for a cause."""
    rows = Transfer.objects.filter(belongs_to=order.pk, kind=TransferKind.FREEZE)
    given = {
        name: rows.filter(cause=f"{cause}:{name}").aggregate(sum=Sum("amount"))["sum"] or NOTHING
        for name in OTHERS
    }
    seller = rows.filter(cause=cause).aggregate(sum=Sum("amount"))["sum"] or NOTHING
    return Split(seller=seller, **given)


def payable_of(account: Account) -> Decimal:
    """Return how much of an account may leave it: of the centre's own what its costs leave.

    What banks kept of payments the centre has promised to sellers at its own cost, and the bank
    takes its fees from the same money. What a correction gave the bank takes back.
    """
    if account.kind not in CENTRE_HAS:
        return account.balance
    own = [
        min(row.balance, NOTHING) if row.kind == AccountKind.CORRECTION else row.balance
        for row in _own_accounts(account.currency)
    ]
    return min(account.balance, sum(own, NOTHING))


def lock_limit_of(account: Account, *, with_outside: Account) -> None:
    """Lock all that limits how much of an account may leave it, until the transaction ends.

    The centre's own accounts have one limit together. They are locked in the order of `book`,
    with the account that the money goes to.
    """
    rows = Account.objects.filter(pk__in=[account.pk, with_outside.pk])
    if account.kind in CENTRE_HAS:
        rows |= _own_accounts(account.currency)
    list(rows.select_for_update().order_by("pk"))


def _own_accounts(currency: str) -> QuerySet[Account]:
    return Account.objects.filter(kind__in=(*CENTRE_HAS, *CENTRE_BORE), currency=currency)


def left_of_paid(order: Order) -> Decimal:
    """Return what a buyer paid of an order and has not got back."""
    rows = Transfer.objects.filter(belongs_to=order.pk)
    paid = rows.filter(kind=TransferKind.HOLD).aggregate(sum=Sum("amount"))["sum"] or NOTHING
    went = Q(kind=TransferKind.REFUND, debit__kind=AccountKind.HELD) | Q(kind=TransferKind.CREDIT)
    back: Decimal = rows.filter(went).aggregate(sum=Sum("amount"))["sum"] or NOTHING
    return max(paid - back, NOTHING)


def drawable(order: Order, amount: Decimal) -> Decimal:
    """Return how much of an amount would come back now, for who asks and changes nothing."""
    wanted = in_parts(released_of(order), amount)
    return _as_far(order, wanted, reachable(order, wanted.seller)).whole


def refundable_of(order: Order, amount: Decimal) -> Decimal:
    """Return how much of an amount can be refunded now: of what is held, else of what was released.

    No more than was paid and has not gone back.
    """
    held = held_of(order)
    most = held if held >= amount or not order.completed_at else drawable(order, amount)
    return min(most, left_of_paid(order))


def draw_back(order: Order, amount: Decimal, *, cause: str) -> Split:
    """Hold an amount of what was released again, as far as it is there; return what came.

    Seller with its sources, fee, share and tax give in proportion to what they have of the order.
    Where the seller has less, the others give less too.
    """
    books = books_of(order)
    wanted = in_parts(released_of(order), amount)
    seller, back = from_sources(order, wanted.seller, cause=cause)
    came = _as_far(order, wanted, seller)
    frozen = [
        Posting(TransferKind.FREEZE, books.seller, books.held, came.seller, cause),
        *(
            Posting(
                *(TransferKind.FREEZE, getattr(books, name), books.held),
                *(getattr(came, name), f"{cause}:{name}"),
            )
            for name in OTHERS
        ),
    ]
    book([*back, *frozen], belongs_to=order.pk)
    return came


def _as_far(order: Order, wanted: Split, seller: Decimal) -> Split:
    """Return the parts that come where the seller gives so much, and no account is overdrawn.

    What the centre bore of this order comes back with them, and holds none of its fee up.
    """
    ratio = seller / wanted.seller if seller < wanted.seller else Decimal(1)
    books = books_of(order)
    rows = Account.objects.filter(pk__in=[getattr(books, name).pk for name in OTHERS])
    borne = -_net(Transfer.objects.filter(belongs_to=order.pk), kind=AccountKind.BORNE)
    most = {row.kind: min(row.balance, max(payable_of(row) + borne, NOTHING)) for row in rows}
    others = {
        name: min(to_cents(getattr(wanted, name) * ratio), most[kind])
        for name, kind in OTHERS.items()
    }
    return Split(seller=seller, **others)


def _net(rows: QuerySet[Transfer], *, kind: AccountKind) -> Decimal:
    came = rows.filter(credit__kind=kind).aggregate(sum=Sum("amount"))["sum"]
    went = rows.filter(debit__kind=kind).aggregate(sum=Sum("amount"))["sum"]
    net: Decimal = (came or NOTHING) - (went or NOTHING)
    return net
