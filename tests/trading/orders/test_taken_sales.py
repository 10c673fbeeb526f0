"""A listing knows of its sales what the orders say, whatever becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core.errors import Invalid, WrongState
from marketplace.trading.listings.market.selectors import is_taken
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.orders.order.models import Order
from tests.given import disputes, sold_rights
from tests.given import trading as given
from tests.given.taken_sales import disagreements
from tests.given.world import World
from tests.trading.orders.test_offered_acts import ORDERS


def right_passed(world: World) -> Order:
    """Let the register pass a sold right."""
    order = sold_rights.paid(world)
    sold_rights.passed(world, order)
    return order


ENDS: dict[str, Callable[[World], object]] = {
    **ORDERS,
    "dispute-withdrawn": disputes.withdrawn,
    "dispute-settled": disputes.settled,
    "refunded": lambda world: disputes.settled(world, refund="12000.00"),
    "cancelled": given.cancelled_contract,
    "right-passed": right_passed,
}


@pytest.mark.parametrize("state", ENDS)
def test_sales_agree_with_orders(state: str, world: World) -> None:
    """Whether the order stands, is completed, or came to nothing."""
    ENDS[state](world)
    assert Order.objects.exists()
    assert disagreements() == []


def test_a_declined_order_frees_its_listing(world: World) -> None:
    """Another buyer is refused until then; what is refused leaves no sale."""
    listing = given.published(world, exclusive=True)
    order = given.placed(world, listing)
    with pytest.raises(WrongState):
        given.placed(world, listing, by="second_buyer")
    assert TakenSale.objects.get().order_id == order.pk
    assert is_taken(listing)
    with pytest.raises(Invalid):
        given.declined(world, order, reason=" ")
    assert is_taken(listing)
    given.declined(world, order)
    assert not is_taken(listing)
    assert given.placed(world, listing, by="second_buyer").state == "placed"
    assert disagreements() == []


SALE = ("created_at", "is_exclusive", "number", "is_live", "is_completed", "buyer_id", "listing_id")


def test_the_database_takes_a_sale_once(world: World) -> None:
    """An exclusive listing has one live sale, and an order takes one."""
    given.placed(world, given.published(world, exclusive=True))
    columns = ", ".join(SALE)
    spare = "0" * 32 if connection.vendor == "sqlite" else str(uuid4())
    for order, match in ((f"'{spare}'", "listing"), ("order_id", "(?i)unique")):
        with (
            pytest.raises(DatabaseError, match=match),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"INSERT INTO listings_takensale (id, order_id, {columns}) "
                f"SELECT '{spare}', {order}, {columns} FROM listings_takensale"
            )
