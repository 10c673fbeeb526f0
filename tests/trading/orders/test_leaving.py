"""Where a seller's rules of quality promise less, a buyer of later revisions may leave."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.notices.models import Notice
from marketplace.trading.orders.contract.rules import LEAVE_DAYS
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.settlement.selectors import refunded_of
from marketplace.trading.orders.settlement.unused import unused_part
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import PageClients
from tests.given import quality
from tests.given import trading as given
from tests.given.leaving import MONTHLY, STRONG, subscribed, weaken
from tests.given.pipeline import catch_up
from tests.given.world import World


def test_a_buyer_of_each_revision_leaves_at_once(world: World, page_of: PageClients) -> None:
    """What was paid for the days that are left goes back; the page says until when."""
    order = subscribed(world)
    address = reverse("order_detail", args=[order.pk])
    catch_up()
    before = page_of("buyer").get(address).content.decode()
    assert "promise less" not in before
    with clock.stopped_at(clock.now() + timedelta(days=10)):
        weaken(world, order)
        catch_up()
        told = Notice.objects.filter(kind="promises_weakened").values_list("person_id", flat=True)
        assert world.actor("buyer").person_id in told
        assert world.actor("officer").person_id not in told
        assert "promise less than when you signed" in page_of("buyer").get(address).content.decode()
        assert "promise less than when" not in page_of("officer").get(address).content.decode()
        unused = unused_part(order, on=clock.today())
        ended = terminate_contract(order.pk, reason="Less than we bought.", by=world.actor("buyer"))
    assert (ended.state, ended.ends_on) == ("terminated", clock.today() + timedelta(days=10))
    assert 0 < unused < Decimal("300.00")
    assert refunded_of(ended) == unused


@pytest.mark.parametrize("who", ["seller", "buyer-late", "buyer-knew"])
def test_others_end_it_with_the_paid_period(world: World, who: str) -> None:
    """The seller, a buyer who waited, and one who signed when the rules were as they are."""
    if who == "buyer-knew":
        listing = given.published(world, plan=MONTHLY)
        quality.set_rules(world, listing.product.dataset, STRONG)
        quality.set_rules(world, listing.product.dataset, STRONG[:1], reason="It is in the way.")
        order = mark_delivered(given.paid(world, given.placed(world, listing)).pk, by=given.SYSTEM)
        order = accept_delivery(order.pk, by=world.actor("buyer"))
    else:
        order = subscribed(world)
        weaken(world, order)
    days = LEAVE_DAYS + 1 if who == "buyer-late" else 0
    by = world.actor("officer" if who == "seller" else "buyer")
    if days:
        first = order.charges.order_by("number")[1]
        first.state = "void"
        first.save(update_fields=["state"])
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        ended = terminate_contract(order.pk, reason="Enough.", by=by)
    assert ended.state == "completed"
    assert ended.ends_on is not None
    assert refunded_of(ended) == 0


def test_the_contract_says_so(world: World) -> None:
    order = subscribed(world)
    assert "promise less" in order.contract.text
    assert f"within {LEAVE_DAYS} days" in order.contract.text
