"""A sale by clicks, of whatever is listed: the steps that several journeys share."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.trade import sign
from tests.browser.visitor import Visitor
from tests.given import money

PURPOSE = "To price insurance for bus passengers."


def visitors(browser: Browser, site: str, *names: str) -> list[Visitor]:
    """Let people sign in, each in a browser of their own."""
    return [Visitor(browser, site, f"{name}@example.org") for name in names]


def place(buyer: Visitor, title: str) -> str:
    """Find a listing in the market and order it; answer the address of the order's page."""
    buyer.go_to("Market")
    buyer.follow(title)
    buyer.follow("Order this")
    buyer.fill({"purpose": PURPOSE})
    buyer.press("Place the order")
    buyer.sees(PURPOSE)
    return buyer.page.url


def sign_both(order: str, *sides: Visitor) -> None:
    """Let both sides read the contract of an accepted order and accept it."""
    for side in sides:
        side.page.goto(order)
        side.follow("Contract")
        sign(side)
        side.sees("Acceptance witnessed by the centre,")


def reference_on(buyer: Visitor, order: str) -> str:
    """Return the payment reference of what is still to be paid, as the buyer reads it."""
    buyer.page.goto(order)
    row = buyer.page.get_by_role("row").filter(has_text="To be paid")
    return row.locator("code").inner_text()


def pay_by_bank(
    treasurers: Sequence[Visitor], *, reference: str, amount: str, bank_reference: str
) -> None:
    """Import the bank statement on which a payment stands; the second treasurer confirms it."""
    treasurer, second = treasurers
    treasurer.go_to("Money")
    line = money.line(bank_reference, amount, f"Payment {reference}")
    statement: FilePayload = {
        "name": "bank.csv",
        "mimeType": "text/csv",
        "buffer": money.statement(line),
    }
    treasurer.page.locator("input[name='statement']").set_input_files(statement)
    treasurer.press("Import")
    treasurer.sees("Who imported a bank statement does not confirm it.")
    second.page.goto(treasurer.page.url)
    second.press("Confirm and book")
    second.sees("Booked: 1 allocated, 0 to be allocated by hand")


def audit(auditor: Visitor, page: str, *facts: str) -> None:
    """Read what happened on a thing's page, and have the whole ledger checked."""
    auditor.page.goto(page)
    earlier = auditor.page.locator("details.timeline-earlier summary")
    if earlier.count():
        earlier.click()
    for fact in facts:
        expect(auditor.page.locator("ol.timeline", has_text=fact).first).to_be_visible()
    buttons = auditor.page.get_by_role("main").get_by_role("button")
    assert buttons.all_inner_texts() == [], "an auditor only reads"
    auditor.go_to("Ledger")
    auditor.follow("Check the whole ledger")
    while auditor.page.get_by_role("link", name="Check the next part").count():
        auditor.follow("Check the next part")
    auditor.sees("Everything that was sealed is as it was sealed.")


def no_problems(people: Sequence[Visitor]) -> None:
    """Check that nobody's browser refused anything, and that the site broke nowhere."""
    assert [problem for person in people for problem in person.problems] == []
