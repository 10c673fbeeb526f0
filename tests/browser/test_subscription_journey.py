"""Data by subscription: a base before delivery, rows by a program, and the bill of the month."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Browser

from marketplace.core import clock
from marketplace.delivery.use.services import bill_uses
from marketplace.trading.listings.plans import Band, Metered, Unit
from tests.browser.moving_clock import MovingClock, moving_clock
from tests.browser.sale import (
    audit,
    no_problems,
    pay_by_bank,
    place,
    reference_on,
    sign_both,
    visitors,
)
from tests.browser.visitor import leave_by
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

__all__ = ["moving_clock"]

pytestmark = pytest.mark.browser

PLAN = Metered(
    unit=Unit.ROW.value,
    bands=(Band(1, Decimal("2.50")),),
    base=Decimal("1200.00"),
    cap=Decimal("100.00"),
)
"""One row a month is included in the base."""


def test_subscription_with_usage_bill(
    browser: Browser, moving_clock: MovingClock, site: str, everyone: World
) -> None:
    """The base is paid, a program takes three rows, the next month bills two, and they are paid."""
    listing = given.published(everyone, plan=PLAN, delivery_mode="api")
    names = ("buyer", "officer", "treasurer", "auditor")
    people = visitors(browser, site, *names)
    buyer, seller, treasurer, auditor = people
    treasurers = (treasurer, *visitors(browser, site, "second_treasurer"))

    order = place(buyer, listing.title)
    seller.page.goto(order)
    seller.sees("1,200.00")
    seller.press_and_confirm("Accept the order")
    sign_both(order, seller, buyer)
    reference = reference_on(buyer, order)
    pay_by_bank(treasurers, reference=reference, amount="1200.00", bank_reference="TX-BASE")
    catch_up()

    buyer.page.goto(order)
    buyer.follow("Delivery")
    grant = buyer.id_in_address()
    buyer.press("Make a new key")
    buyer.sees("Copy it now")
    key = buyer.page.locator("code.long", has_text="dgk_").first.inner_text()
    program = browser.new_context(base_url=site).request
    rows = f"/api/v1/grants/{grant}/rows/?limit=3"
    refused = program.get(rows)
    assert refused.status == 401
    taken = program.get(rows, headers={"Authorization": f"Bearer {key}"})
    assert taken.status == 200
    assert len(taken.json()["rows"]) == 3
    buyer.page.goto(order)
    buyer.press_and_confirm("Accept the delivery")
    buyer.follow("Delivery")
    buyer.sees("1 request, 3 rows")
    buyer.keep_picture("subscription-used")

    today = clock.today()
    month = f"{today:%Y-%m}"
    beginning = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    moving_clock.days = (beginning - today).days
    with moving_clock.held():
        assert len(bill_uses(by=given.SYSTEM)) == 1
        catch_up()
    reference = reference_on(buyer, order)
    row = buyer.page.get_by_role("row").filter(has_text=reference)
    leave_by(row.get_by_role("link").first)
    buyer.sees(f"{month}: 3")
    buyer.sees("5.00 CNY")
    buyer.keep_picture("usage-invoice")
    pay_by_bank(treasurers, reference=reference, amount="5.00", bank_reference="TX-USE-1")
    for side in (buyer, seller):
        side.page.goto(order)
        side.sees(f"Use {month}")
        side.sees("Settled")
    buyer.keep_picture("subscription-settled")
    seller.go_to("Money")
    # Of 1,205.00 the centre keeps two per cent.
    seller.sees("1,180.90")

    with moving_clock.held():
        catch_up()
    audit(
        auditor,
        order,
        *("Delivery accepted", "Use of a period billed", "Amount to be paid, invoiced"),
        "Further payment received",
    )
    no_problems(people)
