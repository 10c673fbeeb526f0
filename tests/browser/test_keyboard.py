"""By keyboard alone: every step is reached by Tab and done by Enter or the space bar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from marketplace.trading.orders.order.models import Order
from tests.given import trading as given
from tests.given.world import PASSWORD, World

pytestmark = pytest.mark.browser
MOST_TABS = 120
FOCUSED = "document.activeElement ? document.activeElement.matches(%r) : false"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus, and shows that it has."""
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED % selector):
            outline = page.evaluate(
                "(() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle + style.boxShadow; })()"
            )
            assert outline != "nonenone", f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"No Tab leads to {selector} on {page.url}")


def leave(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_an_order_by_keyboard(page: Page, site: str, everyone: World) -> None:
    """A buyer signs in, orders and writes the purpose; the seller opens the sheet and accepts."""
    listing = given.published(everyone)
    sign_in(page, site, "buyer@example.org")
    page.goto(f"{site}/")
    tab_to(page, f"main a[href*='{listing.pk}']")
    leave(page, "Enter")
    tab_to(page, "main a[href$='/order/']")
    leave(page, "Enter")
    tab_to(page, "textarea[name=purpose]")
    page.keyboard.type("Pricing.")
    tab_to(page, "main button[type=submit]")
    leave(page, "Enter")
    expect(page.get_by_role("main")).to_contain_text("Pricing.")
    order = Order.objects.get()

    page.context.clear_cookies()
    sign_in(page, site, "officer@example.org")
    page.goto(f"{site}/orders/{order.pk}/")
    tab_to(page, "details.act:has(form[action$='/accept/']) > summary")
    page.keyboard.press("Enter")
    tab_to(page, "form[action$='/accept/'] button")
    leave(page, "Space")
    expect(page.locator("input[name=read]")).to_be_visible()
    order.refresh_from_db()
    assert order.state == "accepted"


def test_the_first_tab_skips_to_the_content(page: Page, site: str, everyone: World) -> None:
    """Past the menu, which is the same on every page."""
    page.goto(f"{site}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def sign_in(page: Page, site: str, email: str) -> None:
    """Sign in through the form without a pointer."""
    page.goto(f"{site}/account/login/")
    tab_to(page, "[name=login]")
    page.keyboard.type(email)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    leave(page, "Enter")
    expect(page.locator("details.menu")).to_be_visible()
