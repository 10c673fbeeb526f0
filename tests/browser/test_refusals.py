"""What stands on the screen when something is refused: readable by everybody, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import (
    BY_AXE,
    LANGUAGES,
    WIDTHS,
    faults,
    look,
    too_wide,
    widen,
)
from tests.browser.visitor import Visitor
from tests.given.world import World

pytestmark = pytest.mark.browser

MOST_STOPS = 6
"""From the beginning of the content to its first field: help and what else stands before it."""
REFUSED = {
    "not-found": (f"/organizations/{uuid4()}/", "officer", 404),
    "no-such-page": ("/nowhere/", "", 404),
    "not-allowed": ("/datasets/register/", "buyer", 403),
    "admin": ("/admin/login/", "officer", 403),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_is_accessible(
    name: str,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """With the status that says so."""
    address, person, status = REFUSED[name]
    sign_in(person)
    answer = page.goto(site + address)
    assert answer is not None
    assert answer.status == status
    assert look(page, site, address, keep_picture, f"refused-{name}") == {}
    assert violations == []


@pytest.mark.parametrize(
    ("address", "person"), [("/datasets/register/", "officer"), ("/apply/", "")]
)
def test_form_with_mistakes_is_accessible(
    address: str,
    person: str,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """Sent empty: every field says what it needs, at both widths in both languages."""
    sign_in(person)
    for language in LANGUAGES:
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}]
        )
        page.goto(site + address)
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator(".invalid-feedback").nth(3)).to_be_visible()
        keep_picture(f"mistakes{address.replace('/', '-')}{language}")
        for width in WIDTHS:
            widen(page, width)
            by_axe = (language, width) in BY_AXE
            assert (faults(page) if by_axe else too_wide(page)) == []
        widen(page, WIDTHS[0])
    assert violations == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_focus_goes_to_the_first_error(
    browser: Browser, site: str, everyone: World, scripts: bool
) -> None:
    """The first field that is wrong is gone on with, whatever stands before it is right."""
    officer = Visitor(browser, site, "officer@example.org", scripts=scripts)
    page = officer.page
    page.goto(f"{site}/datasets/register/")
    page.locator("main form button[type=submit]").last.click()
    first = page.locator("main .is-invalid").first
    expect(first).to_be_focused()
    expect(first).to_have_attribute("name", "title")
    page.keyboard.type("Ferries")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("[name=title]")).to_have_value("Ferries")
    expect(page.locator("main .is-invalid").first).to_be_focused()
    expect(page.locator("[name=title]")).not_to_be_focused()
    assert officer.problems == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_focus_goes_to_what_is_wrong_with_a_whole_form(
    browser: Browser, site: str, everyone: World, scripts: bool
) -> None:
    """Where no field is at fault, as with a password that does not fit."""
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{site}/account/login/")
    page.locator("[name=login]").fill("officer@example.org")
    page.locator("[name=password]").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=alert]")).to_be_focused()
    page.context.close()


def test_a_skip_link_leads_past_the_menu_to_the_first_field(
    page: Page, site: str, everyone: World, sign_in: Callable[[str], None]
) -> None:
    """It is the first stop and shows itself; the menu alone has more stops than all that follow."""
    sign_in("officer")
    page.goto(f"{site}/datasets/register/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    stops = 0
    while not page.evaluate(
        "document.activeElement.matches('main form :is(input, select, textarea)')"
    ):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= MOST_STOPS
