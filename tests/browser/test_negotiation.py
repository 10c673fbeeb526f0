"""A price negotiated by clicks, seen from both sides, and the board of requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from marketplace.trading.orders.order.models import Order
from tests.browser.visitor import Visitor
from tests.given import demands
from tests.given import trading as given
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_an_offer_is_countered_and_accepted(browser: Browser, site: str) -> None:
    """The seller changes price and licence; the buyer sees each difference and accepts."""
    order = given.placed(World())
    officer = Visitor(browser, site, "officer@example.org")
    officer.page.goto(f"/orders/{order.pk}/")
    officer.follow("Make another offer")
    officer.fill({"price": "11000.00", "licence_months": "6", "message": "For half a year."})
    officer.look("counter-form")
    officer.press("Make the offer")
    officer.sees("Counter-offer, waiting for the buyer")
    buyer = Visitor(browser, site, "buyer@example.org")
    buyer.page.goto(f"/orders/{order.pk}/")
    buyer.sees("12 months from the delivery")
    buyer.sees("6 months from the delivery")
    buyer.look("counter-seen")
    buyer.press_and_confirm("Accept the offer")
    buyer.sees("11,000.00")
    assert Order.objects.get().state == "accepted"
    assert officer.problems == buyer.problems == []


def test_a_request_is_answered(browser: Browser, site: str) -> None:
    """An officer answers in words; the buyer reads it and closes the request."""
    demand = demands.posted(World())
    officer = Visitor(browser, site, "officer@example.org")
    officer.go_to("Requests for data")
    officer.look("demand-list")
    officer.follow(demand.title)
    officer.fill({"message": "We could deliver it by May, hour by hour."})
    officer.press("Send the answer")
    buyer = Visitor(browser, site, "buyer@example.org")
    buyer.page.goto(f"/demands/{demand.pk}/")
    buyer.sees("We could deliver it by May")
    buyer.look("demand-answered")
    buyer.press_and_confirm("Close the request")
    buyer.sees("Closed by the buyer")
    assert officer.problems == buyer.problems == []
