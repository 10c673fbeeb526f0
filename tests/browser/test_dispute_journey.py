"""A delivery is disputed, mediated and settled by a partial refund, which is then paid out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.order.models import Order
from tests.browser.sale import audit
from tests.browser.visitor import Visitor, leave_by
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

pytestmark = pytest.mark.browser

WRONG = "A third of the boardings in March are empty."


def test_dispute_with_partial_refund(browser: Browser, site: str, everyone: World) -> None:
    """Both sides, the mediator, the treasurer and a second person each see their part.

    In browsers that run no script.
    """
    order = given.delivered(everyone)
    money.unallocated(everyone, amount="77.00")
    money.bank_account(everyone, "buyer")
    names = ("buyer", "officer", "reviewer", "treasurer", "auditor")
    buyer, seller, reviewer, treasurer, auditor = (
        Visitor(browser, site, f"{name}@example.org", scripts=False) for name in names
    )

    dispute = open_dispute(buyer, order)
    settle(dispute, reviewer, seller, buyer)
    auditor_reads(dispute, auditor)
    pay_back(treasurer, reviewer)
    buyer.go_to("Money")
    leave_by(buyer.page.get_by_role("link", name="C-2").first)
    buyer.sees("4,000.00 CNY")
    buyer.keep_picture("credit-note")
    for person in (buyer, seller, reviewer, treasurer, auditor):
        person.page.set_viewport_size({"width": 390, "height": 800})
        person.page.goto("/money/" if person is not seller else dispute)
        width = person.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, person.page.url
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        assert person.problems == []
    treasurer.keep_picture("money-desk-narrow")
    seller.keep_picture("dispute-narrow")


def open_dispute(buyer: Visitor, order: Order) -> str:
    """Have the buyer dispute the delivery; return the address of the dispute."""
    buyer.page.goto(f"/orders/{order.pk}/")
    sheet = buyer.page.locator("details.act", has_text="Open a dispute")
    sheet.locator("summary").click()
    sheet.locator("textarea[name=text]").fill(WRONG)
    leave_by(sheet.get_by_role("button", name="Open a dispute", exact=True))
    buyer.sees(WRONG)
    buyer.sees("Payment and access of this order are on hold")
    buyer.keep_picture("dispute-opened")
    return f"/disputes/{buyer.id_in_address()}/"


def settle(dispute: str, reviewer: Visitor, seller: Visitor, buyer: Visitor) -> None:
    """Have a mediator propose a third of the price, and both sides agree."""
    reviewer.page.goto(dispute)
    reviewer.page.locator("form[action$='/propose/'] [name=refund]").fill("4000.00")
    reviewer.page.locator("form[action$='/propose/'] [name=reason]").fill("A third is missing.")
    reviewer.press("Propose to both sides")
    reviewer.sees("4,000.00 CNY")

    for side in (seller, buyer):
        side.page.goto(dispute)
        side.press_and_confirm("Agree")
        side.sees("Your answer is recorded" if side is seller else "Settled by both sides")
    buyer.keep_picture("dispute-settled")


def auditor_reads(dispute: str, auditor: Visitor) -> None:
    """See the dispute's end and how its money was divided."""
    audit(auditor, dispute, "Dispute opened", "Settlement proposed", "Dispute ended, money divided")
    auditor.page.goto(dispute)
    auditor.sees("Settled by both sides")
    auditor.follow("The order")
    # The rest of 12,000.00 is the seller's, less the centre's two per cent.
    for amount in ("4,000.00 CNY", "7,840.00 CNY"):
        auditor.sees(amount)


def pay_back(treasurer: Visitor, reviewer: Visitor) -> None:
    """Have the refund proposed by one person and approved by another."""
    treasurer.go_to("Money")
    treasurer.sees("77.00 CNY")
    treasurer.keep_picture("money-desk")
    account = Account.objects.get(kind=AccountKind.BUYER)
    treasurer.page.goto(f"/money/accounts/{account.pk}/")
    treasurer.sees("Refunded to the buyer")
    treasurer.fill({"amount": "4000.00", "reason": "The settlement."})
    treasurer.keep_picture("account-statement")
    treasurer.press("Propose")
    treasurer.sees("A second person decides")
    outgoing = treasurer.page.url

    reviewer.page.goto(outgoing)
    reviewer.keep_picture("outgoing-money")
    reviewer.press_and_confirm("Approve and book")
    reviewer.sees("Approved and booked")
