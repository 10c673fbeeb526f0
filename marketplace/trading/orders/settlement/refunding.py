"""What can be refunded, and out of which account."""

from decimal import Decimal

from marketplace.trading.books.models import Account
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.selectors import held_of

IN_COURSE = (OrderState.PAID, OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order that is paid and not accepted."""


REFUNDABLE = (*IN_COURSE, OrderState.COMPLETED)


def refunded_from(order: Order, amount: Decimal) -> Account:
    """Return the account that a refund is taken from: what is held, else the seller's."""
    books = books_of(order)
    return books.held if held_of(order) >= amount else books.seller
