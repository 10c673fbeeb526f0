"""The trade by clicks: from the order to the released money, and what a watcher reads of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from marketplace.demo.story.survey import SURVEY
from tests.browser.visitor import Visitor
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD

PURPOSE = "Actuarial tables for income insurance"


def agree(buyer: Visitor, officer: Visitor) -> None:
    """Find it in the market, order, accept and sign on both sides."""
    buyer.go_to("Market")
    buyer.keep_picture("market")
    buyer.follow(SURVEY.offer.title)
    buyer.sees("Can a person be found in it?")
    buyer.keep_picture("listing-public")
    buyer.follow("Order this")
    buyer.fill({"purpose": PURPOSE})
    buyer.press("Place the order")
    buyer.sees(PURPOSE)

    officer.go_to("Orders")
    officer.follow(SURVEY.offer.title)
    officer.press_and_confirm("Accept the order")
    sign(officer)
    buyer.page.reload()
    buyer.follow("Contract")
    sign(buyer)
    buyer.keep_picture("contract")


def sign(person: Visitor) -> None:
    """Tick that the text was read, and accept it by the password."""
    person.page.locator("input[name='read']").check()
    person.fill({"password": PASSWORD})
    person.press("Accept the contract")


def pay(treasurer: Visitor, second_treasurer: Visitor) -> None:
    """Record what arrived at the bank; confirmed by a second one, it opens the data."""
    treasurer.go_to("Orders")
    treasurer.follow(SURVEY.offer.title)
    treasurer.fill({"reference": "DEMO-0001"})
    treasurer.press("Record the payment")
    treasurer.sees("26,800.00")
    treasurer.keep_picture("payment")
    second_treasurer.go_to("Money")
    second_treasurer.follow("DEMO-0001")
    second_treasurer.press("Confirm")
    second_treasurer.sees("held until acceptance")
    second_treasurer.keep_picture("payment_confirmed")
    catch_up()


def receive(buyer: Visitor, folder: Path) -> Path:
    """Download, compare the digest with the page, accept; answer the file."""
    buyer.go_to("Orders")
    buyer.follow(SURVEY.offer.title)
    buyer.follow("Delivery")
    file = buyer.download("Download")
    path = folder / file.suggested_filename
    file.save_as(path)
    buyer.sees(hashlib.sha256(path.read_bytes()).hexdigest())
    buyer.page.reload()
    buyer.sees("1 request")
    buyer.keep_picture("delivery")
    buyer.follow("To the order")
    buyer.press_and_confirm("Accept the delivery")
    buyer.sees("Released to the seller")
    buyer.sees("26,264.00")
    buyer.keep_picture("completed")
    return path


def look_at_the_end(watcher: Visitor) -> None:
    """Read, as somebody who watches the market, what was sold and what the ledger holds of it."""
    watcher.go_to("Orders")
    watcher.follow(SURVEY.offer.title)
    watcher.sees("Released to the seller")
    watcher.sees("26,264.00")
    watcher.go_to("Ledger")
    watcher.sees("Delivery accepted")
