"""Double entry: open the accounts of an order, and move money between them under lock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState
from marketplace.trading.models import Account, AccountKind, Order, Transfer, TransferKind
from marketplace.trading.selectors import balance


@dataclass(frozen=True)
class Books:
    """The accounts that an order's money passes."""

    outside: Account
    buyer: Account
    held: Account
    seller: Account
    fee: Account


def books_of(order: Order) -> Books:
    """Answer the five accounts, opening those that are missing."""
    seller_id = order.listing.organization_id
    return Books(
        outside=_account(AccountKind.OUTSIDE, None, order.currency),
        buyer=_account(AccountKind.BUYER, order.buyer_id, order.currency),
        held=_account(AccountKind.HELD, None, order.currency),
        seller=_account(AccountKind.SELLER, seller_id, order.currency),
        fee=_account(AccountKind.FEE, None, order.currency),
    )


def book(
    order: Order,
    kind: TransferKind,
    debit: Account,
    credit: Account,
    amount: Decimal,
    *,
    reference: str | None = None,
) -> Transfer:
    """Move money of an order from one account to another, in the caller's transaction.

    The account that pays is locked before its balance is read, so that two cannot spend the same.

    Raises:
        WrongState: there is not so much on the account.
    """
    payer = Account.objects.select_for_update().get(pk=debit.pk)
    if not payer.overdraft_allowed and balance(payer) < amount:
        raise WrongState(
            _("The account does not hold this amount. Ask the centre's finance officer to check."),
            code="balance-too-low",
        )
    return Transfer.objects.create(
        debit=payer,
        credit=credit,
        amount=amount,
        currency=order.currency,
        order=order,
        kind=kind,
        reference=reference,
    )


def _account(kind: AccountKind, organization_id: UUID | None, currency: str) -> Account:
    rows = Account.objects.filter(kind=kind, currency=currency)
    if organization_id is None:
        rows = rows.filter(organization__isnull=True)
    else:
        rows = rows.filter(organization_id=organization_id)
    found = rows.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Account.objects.create(
                kind=kind,
                organization_id=organization_id,
                currency=currency,
                overdraft_allowed=kind == AccountKind.OUTSIDE,
            )
    except IntegrityError:
        # Another order opened it at the same moment.
        return rows.get()
