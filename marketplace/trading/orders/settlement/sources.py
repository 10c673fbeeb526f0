"""Pay those whom the data came from their part of the seller's income, and take it back in parts.

A source's part of an order is its share of what the seller has of that order at the moment, rounded
down to the cent; the seller keeps what rounding leaves. After each movement on the seller's side
the part is brought to that, so that a refund takes back what the same money had given.
What a source was paid out already cannot be taken back: it is set off against its later parts of
the same order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from uuid import UUID, uuid5

from django.db.models import F, Q, Sum

from marketplace.core.money import CENT
from marketplace.trading.books.account.services import Holder, accounts_for
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.books.transfer.services import Posting
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.accounts import books_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Source:
    """An organization that a contract names, and its share of the seller's income, from 0 to 1."""

    organization_id: UUID
    rate: Decimal

    def part_of(self, income: Decimal) -> Decimal:
        """Return its part of an income, rounded down to the cent."""
        return (max(income, NOTHING) * self.rate).quantize(CENT, rounding=ROUND_DOWN)


def sources_of(order: Order) -> tuple[Source, ...]:
    """Return whom an order's contract names for a part of the income, in the contract's order."""
    agreed = Contract.objects.filter(order=order).values_list("agreed", flat=True).first() or {}
    return tuple(
        Source(UUID(one["organization"]["id"]), Decimal(one["rate"]))
        for one in agreed.get("income_shares", ())
    )


def income_of(order: Order) -> Decimal:
    """Return what the seller has of an order, before its sources get their parts."""
    seller = Q(belongs_to=order.pk) & ~Q(kind=TransferKind.SOURCE)
    came = Transfer.objects.filter(seller, credit__kind=AccountKind.SELLER)
    went = Transfer.objects.filter(seller, debit__kind=AccountKind.SELLER)
    return _sum(came) - _sum(went)


def paid_to_sources(order: Order) -> dict[UUID, Decimal]:
    """Return what each source has of an order at the moment."""
    seller_id = order.listing.organization_id
    rows = Transfer.objects.filter(belongs_to=order.pk, kind=TransferKind.SOURCE).order_by()
    paid: dict[UUID, Decimal] = {}
    for side, sign in (("credit", 1), ("debit", -1)):
        theirs = rows.exclude(**{f"{side}__organization_id": seller_id})
        for one in theirs.values(who=F(f"{side}__organization_id")).annotate(sum=Sum("amount")):
            paid[one["who"]] = paid.get(one["who"], NOTHING) + sign * one["sum"]
    return paid


def to_sources(order: Order, released: Decimal, *, cause: str) -> list[Posting]:
    """Return the movements that give sources their parts once so much more is the seller's.

    They go into the same booking as the release, behind it. No more goes on than was released: what
    earlier rounding left comes with a later payment.
    """
    sources = sources_of(order)
    if not sources or not released:
        return []
    income, paid = income_of(order) + released, paid_to_sources(order)
    accounts, seller = _accounts(order, sources), books_of(order).seller
    left, postings = released, []
    for one in sources:
        rest = one.part_of(income) - paid.get(one.organization_id, NOTHING)
        given = min(max(rest, NOTHING), left)
        left -= given
        postings.append(_posting(order, seller, accounts[one.organization_id], given, cause))
    return postings


def from_sources(order: Order, amount: Decimal, *, cause: str) -> tuple[Decimal, list[Posting]]:
    """Return how much of an amount can leave the seller, and what sources give back before it does.

    They go into the same booking, ahead of what leaves. Where seller and sources have less than the
    amount, so much leaves as they can give in their parts. Locks all accounts that the booking
    moves, as `book` does.
    """
    sources, books = sources_of(order), books_of(order)
    accounts = _accounts(order, sources)
    asked = {one.pk for one in (*books.of_order, *accounts.values())}
    rows = Account.objects.select_for_update().filter(pk__in=asked).order_by("pk")
    balances = {row.organization_id: row.balance for row in rows if row.kind == AccountKind.SELLER}
    amount, back = _leaving(order, sources, amount, balances)
    return amount, [
        _posting(order, accounts[who], books.seller, given, f"{cause}:back")
        for who, given in back.items()
    ]


def reachable(order: Order, amount: Decimal) -> Decimal:
    """Return how much of an amount could leave the seller now, for who asks and changes nothing."""
    sources = sources_of(order)
    asked = [order.listing.organization_id, *(one.organization_id for one in sources)]
    rows = Account.objects.filter(
        kind=AccountKind.SELLER, currency=order.currency, organization_id__in=asked
    )
    balances = {row.organization_id: row.balance for row in rows}
    return _leaving(order, sources, amount, balances)[0]


def _leaving(
    order: Order,
    sources: Sequence[Source],
    amount: Decimal,
    balances: Mapping[UUID | None, Decimal],
) -> tuple[Decimal, dict[UUID, Decimal]]:
    """Return how much can leave, and what each source gives back of it."""
    own = balances.get(order.listing.organization_id, NOTHING)
    income, paid = income_of(order), paid_to_sources(order)
    if own < amount:
        kept = 1 - sum((one.rate for one in sources), NOTHING)
        amount = min(amount, (own / kept).quantize(CENT, rounding=ROUND_DOWN))
    while True:
        back = {
            one.organization_id: min(
                max(paid.get(one.organization_id, NOTHING) - one.part_of(income - amount), NOTHING),
                balances.get(one.organization_id, NOTHING),
            )
            for one in sources
        }
        most = own + sum(back.values(), NOTHING)
        if amount <= most:
            return amount, back
        # Less leaves, of which less comes back: a cent of rounding, or what a source was paid out.
        amount = most


def _accounts(order: Order, sources: Sequence[Source]) -> Mapping[UUID, Account]:
    """Return the account of each source, opened where it is missing."""
    holders = [Holder(AccountKind.SELLER, one.organization_id, None) for one in sources]
    opened = accounts_for(order.currency, *holders) if holders else []
    return {one.organization_id: account for one, account in zip(sources, opened, strict=True)}


def _posting(order: Order, debit: Account, credit: Account, amount: Decimal, cause: str) -> Posting:
    source = credit if debit.organization_id == order.listing.organization_id else debit
    name = uuid5(order.pk, f"{cause}:{source.organization_id}")
    return Posting(TransferKind.SOURCE, debit, credit, amount, f"source:{name}")


def _sum(rows: object) -> Decimal:
    total = rows.aggregate(sum=Sum("amount"))["sum"]  # type: ignore[attr-defined]
    return total or NOTHING
