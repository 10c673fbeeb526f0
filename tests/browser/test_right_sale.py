"""A right itself is sold, from the listing to the payout; another is refused, and paid back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from marketplace.trading.books.models import Account, AccountKind
from tests.browser.sale import (
    audit,
    no_problems,
    pay_by_bank,
    place,
    reference_on,
    sign_both,
    visitors,
)
from tests.browser.visitor import Visitor, leave_by
from tests.given import money, sold_rights
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

pytestmark = pytest.mark.browser

PRICE = "20000.00"
TITLE = "The right to boardings of Minjiang, March 2026"
WAIVER = "The register has published this right before."
REFUSAL = "The contract does not name the certificate."


def test_a_right_is_sold(browser: Browser, site: str, everyone: World) -> None:
    """From the draft to the payout: the register's entry of the new holder releases the money."""
    version = given.masked(everyone)
    given.valued(everyone, version)
    names = ("officer", "buyer", "reviewer", "second_reviewer", "treasurer", "auditor")
    people = visitors(browser, site, *names)
    seller, buyer, reviewer, second, treasurer, auditor = people
    treasurers = (treasurer, *visitors(browser, site, "second_treasurer"))

    offer(seller, address=reverse("listing_draft", args=[version.pk]))
    publish(second)
    order = place(buyer, TITLE)
    seller.page.goto(order)
    seller.sees("Yes, one buyer alone")
    seller.press_and_confirm("Accept the order")
    sign_both(order, seller, buyer)
    buyer.sees("CONTRACT ON THE SALE OF A RIGHT")
    reference = reference_on(buyer, order)
    both(buyer, "right-signed")
    pay_by_bank(treasurers, reference=reference, amount=PRICE, bank_reference="TX-RIGHT-1")
    catch_up()

    # Whoever comes now finds nothing to buy, and nobody can end the order while the right passes.
    buyer.go_to("Market")
    expect(buyer.page.get_by_role("main")).not_to_contain_text(TITLE)
    for side in (seller, buyer):
        side.page.goto(order)
        side.sees("joins the transfer in the register")
        for way_out in ("Terminate the contract", "Open a dispute"):
            expect(side.page.get_by_text(way_out)).to_have_count(0)
    both(seller, "right-paid")
    join(buyer, order)
    transfer = buyer.page.url
    seller.page.goto(order)
    seller.sees("The register examines the transfer.")
    certify(reviewer, second, claim=reverse("claim_review", args=[buyer.id_in_address()]))

    for side in (buyer, seller):
        side.page.goto(order)
        side.sees("New holder recorded")
        side.sees("Released to the seller")
        # The centre keeps two per cent.
        side.sees("19,600.00")
        both(side, "right-sold")
    buyer.page.goto(transfer)
    buyer.follow("Certificate")
    buyer.sees("Example Insurance")

    pay_out(treasurer, reviewer, kind=AccountKind.SELLER, amount="19600.00")
    seller.go_to("Money")
    seller.sees("0.00 CNY")
    catch_up()
    audit(
        auditor,
        order,
        *("Order placed", "Contract signed", "Payment received and held"),
        *("Transfer of the sold right opened", "Delivery accepted and payment released"),
    )
    audit(auditor, transfer, "Transfer joined by the acquirer", "New holder recorded")
    no_problems(people)


def certify(reviewer: Visitor, second: Visitor, *, claim: str) -> None:
    """Let the register examine a transfer, and a second reviewer certify it."""
    reviewer.go_to("Review queue")
    reviewer.page.goto(claim)
    reviewer.press("Accept the claim")
    reviewer.press("Start the review")
    reviewer.press_and_confirm("Waive the notice", reason=WAIVER)
    both(reviewer, "right-examined")
    second.page.goto(reviewer.page.url)
    second.tick_all("checklist")
    second.press("Confirm and certify")
    second.sees("Certificate of rights over data")
    both(second, "right-certificate")
    catch_up()


def test_a_right_is_refused_and_paid_back(browser: Browser, site: str, everyone: World) -> None:
    """The register refuses the transfer: the order ends, and the buyer is paid back in full."""
    paid = sold_rights.paid(everyone)
    claim = sold_rights.joined(everyone, paid)
    order = reverse("order_detail", args=[paid.pk])
    names = ("officer", "buyer", "reviewer", "second_reviewer", "treasurer", "auditor")
    people = visitors(browser, site, *names)
    seller, buyer, reviewer, second, treasurer, auditor = people

    reviewer.page.goto(reverse("claim_review", args=[claim.pk]))
    reviewer.press("Accept the claim")
    reviewer.press("Start the review")
    second.page.goto(reviewer.page.url)
    second.press_and_confirm("Refuse the claim", reason=REFUSAL)
    catch_up()

    for side in (buyer, seller):
        side.page.goto(order)
        side.sees("Ended, the money went back to the buyer")
        side.sees("20,000.00")
        both(side, "right-refused")
        side.follow("Refused")
        side.sees(REFUSAL)
    both(seller, "right-refused-claim")
    pay_out(treasurer, reviewer, kind=AccountKind.BUYER, amount=PRICE)
    buyer.go_to("Money")
    leave_by(buyer.page.get_by_role("link", name="C-").first)
    buyer.sees("20,000.00 CNY")
    both(buyer, "right-credit-note")
    catch_up()
    audit(auditor, order, "Payment received and held", "Right not passed, money refunded")
    no_problems(people)


def both(person: Visitor, name: str) -> None:
    """Look at the open page at both widths in both languages."""
    person.look(name)
    person.look_in_chinese(name)


def offer(seller: Visitor, *, address: str) -> None:
    """Draft the listing, be told what a right needs, mend it and submit."""
    seller.page.goto(address)
    seller.fill(
        {
            "title": TITLE,
            "summary": given.OFFER.summary,
            "delivery_mode": "right",
            "price": PRICE,
            "purpose": given.OFFER.terms.purpose,
        }
    )
    seller.look("right-draft")
    seller.press("Save")
    seller.sees("A right is sold to one buyer alone.")
    seller.look("right-draft-refused")
    seller.page.locator("[name='is_exclusive']").check()
    seller.press("Save")
    seller.sees("Entry in the register")
    both(seller, "right-drafted")
    seller.press("Submit for publication")


def publish(second: Visitor) -> None:
    """Publish it, as the second officer."""
    second.go_to("Review queue")
    second.follow(TITLE)
    second.tick_all("checklist")
    second.press("Publish the listing")
    second.sees("On the market")


def join(buyer: Visitor, order: str) -> None:
    """Go from the order to the register, join, attach the contract, submit."""
    buyer.page.goto(order)
    leave_by(buyer.page.locator("dt", has_text="Transfer of the right").locator("+ dd a"))
    both(buyer, "right-transfer")
    buyer.press("Join the transfer")
    buyer.fill({"kind": "contract", "title": "The signed contract"})
    buyer.page.locator("input[name='upload']").set_input_files(
        {"name": "contract.txt", "mimeType": "text/plain", "buffer": b"The signed contract."}
    )
    buyer.press("Attach")
    buyer.sees("The signed contract")
    buyer.press("Submit the claim")
    buyer.sees("Submitted")


def pay_out(treasurer: Visitor, reviewer: Visitor, *, kind: AccountKind, amount: str) -> None:
    """Pay what stands on an account to its owner's bank, decided by a second person."""
    money.bank_account(World(), "buyer" if kind == AccountKind.BUYER else "finance")
    account = Account.objects.get(kind=kind)
    treasurer.page.goto(reverse("account_statement", args=[account.pk]))
    treasurer.fill({"amount": amount, "reason": "The sale of the right."})
    treasurer.press("Propose")
    treasurer.sees("A second person decides")
    reviewer.page.goto(treasurer.page.url)
    reviewer.press_and_confirm("Approve and book")
    reviewer.sees("Approved and booked")
    account.refresh_from_db()
    assert account.balance == 0
