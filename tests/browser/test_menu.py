"""The menu in a browser: opened by keyboard, with and without scripts, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import what_axe_finds
from tests.browser.menu import entry
from tests.browser.visitor import DESK, FITS, PHONE, Visitor
from tests.given.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_part_is_opened_by_keyboard(
    browser: Browser, site: str, everyone: World, scripts: bool
) -> None:
    """Enter opens it, Tab comes to its entries, and the page that follows has it open."""
    officer = Visitor(browser, site, "officer@example.org", scripts=scripts)
    page = officer.page
    page.goto(f"{site}/desk/")
    menu = page.get_by_role("navigation", name="Menu")
    orders = menu.get_by_role("link", name="Orders", exact=True)
    assert menu.locator("ul details[open] > summary").all_inner_texts() == ["Data"]
    expect(orders).to_be_hidden()
    menu.locator("summary", has_text="Trade").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site}/orders/"
    assert menu.locator("ul details[open] > summary").all_inner_texts() == ["Trade"]
    expect(orders).to_have_attribute("aria-current", "page")
    if scripts:
        page.set_viewport_size(PHONE)
        # The menu folds when the page hears of its new width.
        expect(orders).to_be_hidden()
        entry(page, "Datasets")
        assert page.evaluate(FITS, PHONE["width"])
        assert what_axe_finds(page) == []
        page.set_viewport_size(DESK)
        assert what_axe_finds(page) == []
