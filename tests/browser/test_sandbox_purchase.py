"""A sandbox is bought in the market, asked and accepted; what was asked stays with the buyer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sale import (
    audit,
    no_problems,
    pay_by_bank,
    place,
    reference_on,
    sign_both,
    visitors,
)
from tests.given import sandboxes
from tests.given.pipeline import catch_up
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_sandbox_purchase(browser: Browser, site: str, everyone: World) -> None:
    """From the market to the accepted delivery, seen by both sides and the auditor."""
    listing = sandboxes.published(everyone)
    people = visitors(browser, site, "buyer", "officer", "treasurer", "auditor")
    buyer, seller, treasurer, auditor = people
    treasurers = (treasurer, *visitors(browser, site, "second_treasurer"))

    order = place(buyer, listing.title)
    seller.page.goto(order)
    seller.press_and_confirm("Accept the order")
    sign_both(order, seller, buyer)
    reference = reference_on(buyer, order)
    pay_by_bank(treasurers, reference=reference, amount="12000.00", bank_reference="TX-SAND-1")
    catch_up()

    buyer.page.goto(order)
    buyer.follow("Delivery")
    sandbox = buyer.page.url
    buyer.sees("Nothing was asked yet.")
    buyer.page.get_by_label("ε to spend").fill("0.5")
    buyer.press("Ask")
    buyer.sees("What it cost")
    buyer.keep_picture("sandbox-answered")
    buyer.page.goto(sandbox)
    buyer.sees("Your answers")
    buyer.follow("To the order")
    buyer.press_and_confirm("Accept the delivery")
    buyer.sees("Released to the seller")

    seller.page.goto(order)
    seller.sees("11,760.00")
    for other in (seller, auditor):
        other.page.goto(sandbox)
        other.sees("1 question was answered.")
        other.sees("seen by the buyer alone")
        expect(other.page.get_by_role("heading", name="Your answers")).not_to_be_visible()
    catch_up()
    audit(
        auditor,
        order,
        *("Order placed", "Contract signed", "Payment received and held", "Order delivered"),
        "Delivery accepted",
    )
    no_problems(people)
