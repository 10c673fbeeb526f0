"""A signed contract amended by clicks, seen from both sides and by the auditor."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser

from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import UNKNOWN
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.order.models import Order
from tests.browser.authenticator import register, with_authenticator
from tests.browser.visitor import Visitor
from tests.given import trading as given
from tests.given.world import PASSWORD, World
from tests.trading.listings.test_plans import METERED

pytestmark = pytest.mark.browser


def test_a_longer_licence_is_proposed_signed_and_kept(
    browser: Browser, site: str, settings: LazySettings, tmp_path: Path
) -> None:
    """The buyer proposes and signs by passkey, the seller before the centre; both keep it."""
    settings.CENTRE_DOMAIN = site.partition("://")[2]
    contract = given.completed(World()).contract
    address = f"/contracts/{contract.pk}/"
    buyer = with_authenticator(Visitor(browser, site, "buyer@example.org"))
    register(buyer)
    buyer.page.goto(address)
    buyer.follow("Propose an amendment")
    buyer.look("amendment-form")
    buyer.press("Draw up the amendment")
    buyer.sees("These are the terms that hold already")
    buyer.look("amendment-refused")
    buyer.page.get_by_text("The other terms").click()
    buyer.fill({"licence_months": "24", "users": "named", "most_users": "12", "message": "More."})
    buyer.press("Draw up the amendment")
    buyer.sees("24 months from the delivery")
    buyer.press("Sign with a passkey")
    buyer.sees("Signed with a passkey")
    buyer.look("amendment-signed-by-one")

    officer = Visitor(browser, site, "officer@example.org", scripts=False)
    officer.page.goto("/desk/")
    officer.follow("Sign or decline an amendment")
    officer.sees("At most 12 named people of the buyer")
    officer.look("amendment-waiting")
    officer.page.locator("input[name='read']").check()
    officer.fill({"password": PASSWORD})
    officer.press("Accept the amendment")
    officer.sees("Signed by both sides, in force")
    assert Order.objects.get().agreed_terms.licence_months == 24

    auditor = Visitor(browser, site, "auditor@example.org")
    auditor.page.goto(address)
    auditor.follow("Amendment 1")
    auditor.sees("Signed by both sides, in force")
    auditor.look("amendment-in-force")
    files = []
    for name, place in (("contract.json", address), ("amendment.json", auditor.page.url)):
        auditor.page.goto(place)
        files.append(str(tmp_path / name))
        auditor.download("Signed document").save_as(files[-1])
    assert verify.main(files) == UNKNOWN
    assert buyer.problems == officer.problems == auditor.problems == []


def test_an_amendment_is_declined(browser: Browser, site: str) -> None:
    """The other side says why, and the contract stays as it is."""
    contract = given.completed(World()).contract
    officer = Visitor(browser, site, "officer@example.org")
    officer.page.goto(f"/contracts/{contract.pk}/amend/")
    officer.fill({"restrictions": "No use in advertising.", "licence_months": "6"})
    officer.press("Draw up the amendment")
    buyer = Visitor(browser, site, "buyer@example.org")
    buyer.page.goto(f"/amendments/{Amendment.objects.get().pk}/")
    buyer.press_and_confirm("Decline the amendment", reason="We need the whole year.")
    buyer.sees("The contract stays as it is")
    officer.page.reload()
    officer.sees("We need the whole year.")
    officer.look("amendment-declined")
    assert Order.objects.get().agreed_terms.licence_months == 12
    assert officer.problems == buyer.problems == []


def test_prices_of_use_are_amended(browser: Browser, site: str) -> None:
    """The seller proposes cheaper rows; both sign, and the order tells from when they hold."""
    world = World()
    order = given.paid(world, given.placed(world, given.published(world, plan=METERED)))
    officer = Visitor(browser, site, "officer@example.org")
    officer.page.goto(f"/contracts/{order.contract.pk}/amend/")
    officer.sees("Other prices of use hold from the calendar month after")
    officer.look("prices-form")
    officer.look_in_chinese("prices-form")
    officer.fill({"bands": "1000 0.001", "cap": "80.00"})
    officer.press("Draw up the amendment")
    officer.sees("separate 2 values")
    officer.fill({"bands": "1000: 0.001", "message": "You use more than we thought."})
    officer.press("Draw up the amendment")
    officer.sees("0.001 CNY")
    officer.look("prices-proposed")
    officer.look_in_chinese("prices-proposed")
    buyer = Visitor(browser, site, "buyer@example.org")
    for person in (officer, buyer):
        person.page.goto(f"/amendments/{Amendment.objects.get().pk}/")
        person.page.locator("input[name='read']").check()
        person.fill({"password": PASSWORD})
        person.press("Accept the amendment")
    buyer.sees("Signed by both sides, in force")
    for person in (officer, buyer, Visitor(browser, site, "auditor@example.org")):
        person.page.goto(f"/orders/{order.pk}/")
        person.sees("as amended: A base fee of 50.00 CNY")
        person.sees("0.002 CNY")
        person.sees("0.001 CNY")
        assert person.problems == []
    buyer.look("prices-amended")
    buyer.look_in_chinese("prices-amended")
