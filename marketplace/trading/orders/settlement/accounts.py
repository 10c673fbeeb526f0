"""The accounts that an order's money passes."""

from dataclasses import dataclass

from marketplace.trading.books.account.models import Account, AccountKind
from marketplace.trading.books.account.services import Holder, accounts_for, of_centre
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge


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

    @property
    def of_order(self) -> tuple[Account, ...]:
        """Return those that money of an order passes once it is held."""
        return (self.buyer, self.held, self.seller, self.fee, self.share, self.tax)


def part_account(charge: Charge) -> Account:
    """Return the account of what was paid in part of a charge, opening it if it is missing."""
    return accounts_for(charge.currency, Holder(AccountKind.PART, None, charge.pk))[0]


def books_of(order: Order) -> Books:
    """Return the accounts of an order, opening those that are missing."""
    seller_id = order.listing.organization_id
    return Books(
        *accounts_for(
            order.currency,
            of_centre(AccountKind.OUTSIDE),
            of_centre(AccountKind.UNALLOCATED),
            Holder(AccountKind.BUYER, order.buyer_id, None),
            Holder(AccountKind.HELD, None, order.pk),
            Holder(AccountKind.SELLER, seller_id, None),
            of_centre(AccountKind.FEE),
            of_centre(AccountKind.SHARE),
            of_centre(AccountKind.TAX),
        )
    )
