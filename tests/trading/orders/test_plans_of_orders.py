"""Price plans in the life of listings and orders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from marketplace.core.errors import Invalid
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.plans import Due, Instalments, Once, Plan
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.selectors import transfers_of
from tests.given import trading as given
from tests.given.world import World
from tests.trading.listings.test_plans import MENU, METERED, YEARLY

D = Decimal


def offered(**changes: Any) -> Offer:
    """Return an offer with a plan."""
    return given.offer(price=D("0.00"), **changes)


def test_listing_keeps_its_plan(world: World) -> None:
    """The price of a menu is that of its cheapest size."""
    listing = given.drafted(world, given.masked(world), price=D("0.00"), plan=MENU)
    listing.refresh_from_db()
    assert (listing.price_plan, listing.price) == (MENU, D("40.00"))


@pytest.mark.parametrize(
    ("field", "plan"),
    [
        ("rows", Once(amount=D(1), tier="A", rows=1)),
        ("licence_months", replace(YEARLY, periods=11)),
        ("parts", Instalments(parts=(Due(0, D(1)), Due(13, D(1))))),
        ("tiers", replace(MENU, tiers=(MENU.tiers[0], replace(MENU.tiers[1], rows=10**6)))),
    ],
)
def test_plan_that_does_not_fit_the_offer(field: str, plan: Plan, world: World) -> None:
    """A plan fits the licence's months and the rows of the data."""
    version = given.masked(world)
    with pytest.raises(Invalid) as refused:
        draft_listing(version.pk, offer=offered(plan=plan), by=world.actor("officer"))
    assert list(refused.value.fields) == [field]


def test_order_takes_one_size(world: World) -> None:
    """The order keeps what was chosen; its contract says the size; no other code is known."""
    listing = given.published(world, price=D("0.00"), plan=MENU)
    buyer = world.actor("buyer")
    for code in ("", "huge"):
        with pytest.raises(Invalid) as refused:
            place_order(listing.pk, purpose="P.", request_key="k", tier=code, by=buyer)
        assert refused.value.code == "size-unknown"
    assert not Order.objects.exists()
    order = place_order(listing.pk, purpose="P.", request_key="k", tier="full", by=buyer)
    assert order.agreed_plan == Once(amount=D("70.00"), tier="Full", rows=4)
    assert (order.price, order.due_first) == (D("70.00"), D("70.00"))
    assert place_order(listing.pk, purpose="P.", request_key="k", tier="full", by=buyer) == order
    with pytest.raises(Invalid) as refused:
        place_order(listing.pk, purpose="P.", request_key="k", tier="small", by=buyer)
    assert refused.value.code == "request-key-reused"
    text = Contract.objects.get(order=given.accepted(world, order)).text
    assert "The fee is 70.00 CNY, fixed" in text
    assert "the first 4 rows" in text


def test_only_menus_have_sizes(world: World) -> None:
    """A size of what is sold whole is refused."""
    listing = given.published(world)
    with pytest.raises(Invalid) as refused:
        place_order(listing.pk, purpose="P.", request_key="k", tier="full", by=world.actor("buyer"))
    assert refused.value.code == "size-unknown"


def test_subscription_holds_its_first_period(world: World) -> None:
    """Before delivery the first period is paid and held; the contract says each."""
    order = given.paid(
        world, given.placed(world, given.published(world, price=D("0.00"), plan=YEARLY))
    )
    assert (order.price, order.due_first) == (D("1200.00"), D("100.00"))
    assert {move.amount for move in transfers_of(order)} == {D("100.00")}
    text = Contract.objects.get(order=order).text
    assert "12 periods and costs 1,200.00 CNY in all" in text


def test_use_without_base_needs_no_payment_first(world: World) -> None:
    """Nothing is due before delivery, so signing opens the data."""
    plan = replace(METERED, base=D("0.00"))
    listing = given.published(world, price=D("0.00"), plan=plan)
    order = given.signed(world, given.placed(world, listing))
    assert (order.state, order.due_first) == ("paid", D("0.00"))


def test_what_is_agreed_is_the_orders(world: World) -> None:
    """Terms that are agreed otherwise count, whatever the listing says."""
    order = given.placed(world)
    terms = replace(given.OFFER.terms, acceptance_days=9, licence_months=3)
    plan = Once(amount=D("9000.00"))
    given.agreed_otherwise(order.pk, terms=terms.as_json(), plan=plan.as_json(), price=plan.price)
    paid = given.paid(world, order)
    contract = Contract.objects.get(order=order)
    assert "9,000.00 CNY" in contract.text
    assert "lasts 3 months" in contract.text
    assert "within 9 working days" in contract.text
    assert contract.terms == terms.as_json()
    assert {move.amount for move in transfers_of(paid)} == {D("9000.00")}
