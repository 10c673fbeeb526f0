"""Double entry: open accounts, and move money between them under lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState
from marketplace.trading.models import Account, AccountKind, Order, Transfer, TransferKind
from marketplace.trading.money.flows import Flow, is_known


@dataclass(frozen=True)
class Books:
    """The accounts that an order's money passes."""

    outside: Account
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
    currency = order.currency
    return Books(
        outside=centre_account(AccountKind.OUTSIDE, currency),
        buyer=_account(AccountKind.BUYER, currency, organization_id=order.buyer_id),
        held=_account(AccountKind.HELD, currency, order_id=order.pk),
        seller=_account(
            AccountKind.SELLER, currency, organization_id=order.listing.organization_id
        ),
        fee=centre_account(AccountKind.FEE, currency),
        share=centre_account(AccountKind.SHARE, currency),
        tax=centre_account(AccountKind.TAX, currency),
    )


def centre_account(kind: AccountKind, currency: str) -> Account:
    """Answer an account that the centre keeps for itself, opening it if it is missing."""
    return _account(kind, currency)


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
    return [
        Transfer.objects.create(
            debit=accounts[posting.debit.pk],
            credit=accounts[posting.credit.pk],
            amount=posting.amount,
            currency=posting.debit.currency,
            order=order,
            kind=posting.kind,
            cause=posting.cause,
        )
        for posting in moving
    ]


def _account(
    kind: AccountKind,
    currency: str,
    *,
    organization_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Account:
    named = {
        "kind": kind,
        "currency": currency,
        "organization_id": organization_id,
        "order_id": order_id,
    }
    found = Account.objects.filter(**named).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Account.objects.create(**named, overdraft_allowed=kind == AccountKind.OUTSIDE)
    except IntegrityError:
        # Another act opened it at the same moment.
        return Account.objects.get(**named)
