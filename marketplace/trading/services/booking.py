"""Double entry: open accounts, and move money between them under lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState
from marketplace.trading.models import Account, AccountKind, Order, Transfer, TransferKind
from marketplace.trading.money.flows import Flow, is_known


class Holder(NamedTuple):
    """Whose an account of a kind is: an organization's, an order's, or the centre's own."""

    kind: AccountKind
    organization_id: UUID | None
    order_id: UUID | None


@dataclass(frozen=True)
class Books:
    """The accounts that an order's money passes."""

    outside: Account
    waiting: Account
    buyer: Account
    held: Account
    seller: Account
    fee: Account
    share: Account
    tax: Account


@dataclass(frozen=True)
class Posting:
    """A movement of money to be booked; `cause` is what it follows from, and is booked once."""

    kind: TransferKind
    debit: Account
    credit: Account
    amount: Decimal
    cause: str


def books_of(order: Order) -> Books:
    """Answer the accounts of an order, opening those that are missing."""
    seller_id = order.listing.organization_id
    return Books(
        *_accounts(
            order.currency,
            _of_centre(AccountKind.OUTSIDE),
            _of_centre(AccountKind.UNALLOCATED),
            Holder(AccountKind.BUYER, order.buyer_id, None),
            Holder(AccountKind.HELD, None, order.pk),
            Holder(AccountKind.SELLER, seller_id, None),
            _of_centre(AccountKind.FEE),
            _of_centre(AccountKind.SHARE),
            _of_centre(AccountKind.TAX),
        )
    )


def centre_accounts(currency: str, *kinds: AccountKind) -> list[Account]:
    """Answer accounts that the centre keeps for itself, opening those that are missing."""
    return _accounts(currency, *map(_of_centre, kinds))


def centre_account(kind: AccountKind, currency: str) -> Account:
    """Answer one account that the centre keeps for itself, opening it if it is missing."""
    return centre_accounts(currency, kind)[0]


def book(postings: Sequence[Posting], *, order: Order | None) -> list[Transfer]:
    """Move money from account to account, in the caller's transaction; amounts of 0 are left out.

    All accounts are locked first, in one order for everybody, so that no two acts wait for each
    other and none spends the same money. The database checks every balance again.

    Raises:
        WrongState: there is not so much on an account (`balance-too-low`).
        ValueError: the table of flows knows no such movement, which is a fault of the program.
    """
    moving = [posting for posting in postings if posting.amount]
    for posting in moving:
        flow = Flow(posting.kind, AccountKind(posting.debit.kind), AccountKind(posting.credit.kind))
        if not is_known(flow, posting.cause):
            raise ValueError(f"No such flow of money: {flow} after {posting.cause}")
    asked = {account.pk for posting in moving for account in (posting.debit, posting.credit)}
    rows = Account.objects.select_for_update().filter(pk__in=asked).order_by("pk")
    accounts = {account.pk: account for account in rows}
    left: dict[UUID, Decimal] = defaultdict(Decimal)
    for posting in moving:
        payer = accounts[posting.debit.pk]
        left[posting.debit.pk] -= posting.amount
        left[posting.credit.pk] += posting.amount
        if not payer.overdraft_allowed and payer.balance + left[payer.pk] < 0:
            raise WrongState(
                _(
                    "The account does not hold this amount. "
                    "Ask the centre's finance officer to check."
                ),
                code="balance-too-low",
            )
    return Transfer.objects.bulk_create(
        Transfer(
            debit=accounts[posting.debit.pk],
            credit=accounts[posting.credit.pk],
            amount=posting.amount,
            currency=posting.debit.currency,
            order=order,
            kind=posting.kind,
            cause=posting.cause,
        )
        for posting in moving
    )


def _of_centre(kind: AccountKind) -> Holder:
    return Holder(kind, None, None)


def _accounts(currency: str, *holders: Holder) -> list[Account]:
    """Answer an account for each holder, all that are open already in one query."""
    rows = Account.objects.filter(
        Q(organization__isnull=True, order__isnull=True)
        | Q(organization_id__in=[each.organization_id for each in holders])
        | Q(order_id__in=[each.order_id for each in holders]),
        currency=currency,
    )
    found = {Holder(AccountKind(row.kind), row.organization_id, row.order_id): row for row in rows}
    return [found.get(each) or _opened(each, currency) for each in holders]


def _opened(holder: Holder, currency: str) -> Account:
    named = {"currency": currency, **holder._asdict()}
    try:
        with transaction.atomic():
            return Account.objects.create(
                **named, overdraft_allowed=holder.kind == AccountKind.OUTSIDE
            )
    except IntegrityError:
        # Another act opened it at the same moment.
        return Account.objects.get(**named)
