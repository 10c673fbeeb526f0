"""Fees that are taken at once: each has its invoice, and the numbers have no gap."""

from __future__ import annotations

import pytest

from marketplace.core.errors import Refusal
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.settlement.models import Invoice, InvoiceKind
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_fees_at_once_have_numbers_without_a_gap() -> None:
    world = World()
    listing, buyer = given.published(world), world.actor("buyer")
    orders = [given.paid(world, given.placed(world, listing)) for _each in range(4)]
    for order in orders:
        mark_delivered(order.pk, by=given.SYSTEM)
    answers = at_once(4, lambda number: accept_delivery(orders[number].pk, by=buyer))
    assert not [one for one in answers if isinstance(one, Refusal)]
    papers = Invoice.objects.filter(kind=InvoiceKind.FEE).order_by("sequence")
    assert [one.sequence for one in papers] == [1, 2, 3, 4]
    assert {one.order_id for one in papers} == {order.pk for order in orders}
