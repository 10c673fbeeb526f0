"""What stands on the screen when something is refused: readable by everybody, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import (
    BY_AXE,
    LANGUAGES,
    WIDTHS,
    faults,
    look,
    too_wide,
    widen,
)
from tests.given.world import World

pytestmark = pytest.mark.browser

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
