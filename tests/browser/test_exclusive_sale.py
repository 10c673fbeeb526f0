"""An exclusive licence is negotiated and sold: one buyer gets it, another comes too late."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from marketplace.delivery.grant.models import Grant
from tests.browser.sale import (
    audit,
    no_problems,
    pay_by_bank,
    place,
    reference_on,
    sign_both,
    visitors,
)
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_negotiated_exclusive_sale(
    browser: Browser, site: str, everyone: World, tmp_path: Path
) -> None:
    """Offer and counter-offer, both signatures, payment, download, acceptance, and the audit."""
    listing = given.published(everyone, exclusive=True)
    names = ("buyer", "officer", "treasurer", "stranger", "auditor")
    people = visitors(browser, site, *names)
    buyer, seller, treasurer, rival, auditor = people
    treasurers = (treasurer, *visitors(browser, site, "second_treasurer"))

    order = place(buyer, listing.title)
    seller.page.goto(order)
    seller.sees("Yes, one buyer alone")
    seller.follow("Make another offer")
    seller.fill({"price": "18000.00", "message": "For you alone it costs more."})
    seller.press("Make the offer")
    seller.sees("Counter-offer, waiting for the buyer")
    buyer.page.goto(order)
    buyer.follow("Make another offer")
    buyer.fill({"price": "15000.00", "message": "Let us meet in the middle."})
    buyer.press("Make the offer")
    seller.page.goto(order)
    seller.sees("Let us meet in the middle.")
    seller.keep_picture("exclusive-negotiated")
    seller.press_and_confirm("Accept the order")

    # Whoever comes second reads that it is taken, and finds no way to order.
    rival.go_to("Market")
    rival.follow(listing.title)
    expect(rival.page.get_by_role("link", name="Order this")).not_to_be_visible()
    rival.page.goto(order)
    rival.sees("There is no such order, or you may not see it.")

    sign_both(order, seller, buyer)
    reference = reference_on(buyer, order)
    pay_by_bank(treasurers, reference=reference, amount="15000.00", bank_reference="TX-EXCL-1")
    catch_up()

    buyer.page.goto(order)
    buyer.follow("Delivery")
    file = buyer.download("Download")
    path = tmp_path / file.suggested_filename
    file.save_as(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == Grant.objects.get().sha256
    buyer.sees(digest)
    buyer.follow("To the order")
    buyer.press_and_confirm("Accept the delivery")
    for side in (buyer, seller):
        side.page.goto(order)
        side.sees("Released to the seller")
        side.sees("14,700.00")
    buyer.keep_picture("exclusive-completed")

    catch_up()
    audit(
        auditor,
        order,
        *("Order placed", "Counter-offer made", "Order accepted", "Contract signed"),
        *("Payment received and held", "Order delivered", "Delivery accepted and payment released"),
    )
    auditor.page.goto(order)
    auditor.sees("14,700.00")
    no_problems(people)
