"""axe and the Content-Security-Policy on every page of ours, in both languages, wide and narrow.

A run opens each page in one language, drawn anew in each run, and sees at both widths whether it
fits. axe takes longer than all the rest: it looks at one of these widths. The campaign opens every
page in both languages and lets axe see all four views.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product
from random import Random

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import what_axe_finds
from tests.given.access import Access, by_state
from tests.given.world import World
from tests.journeys.test_access import ROWS

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
LANGUAGES = ("en", "zh-hans")
VIEWS = tuple(product(LANGUAGES, WIDTHS))
BY_AXE = (("en", 1280), ("zh-hans", 390))
"""Which views axe sees where it sees more than one: each width and each language once."""
FOREIGN_PAGES = (
    "account_login",
    "account_reset_password",
    "account_logout",
    "account_change_password",
    "mfa_index",
    "api_browser",
    "admin:index",
    "admin:rules",
    "admin:ledger_entry_changelist",
    "admin:accounts_organization_changelist",
)
"""Pages of libraries: no CSP violation on any; axe looks at those that wear our look."""


def faults(page: Page) -> list[str]:
    """Return what axe finds on the open page, and whether it is wider than the screen."""
    return [*what_axe_finds(page), *too_wide(page)]


def too_wide(page: Page) -> list[str]:
    """Return whether the open page is wider than the screen."""
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        return ["the page is wider than the screen"]
    return []


def widen(page: Page, width: int) -> None:
    """Make the window so wide, where it is not."""
    size = ViewportSize(width=width, height=900)
    if page.viewport_size != size:
        page.set_viewport_size(size)


def look(
    page: Page,
    site: str,
    address: str,
    keep_picture: Callable[[str], None],
    name: str,
    *,
    languages: Collection[str] = LANGUAGES,
    by_axe: Collection[tuple[str, int]] = BY_AXE,
) -> dict[str, list[str]]:
    """Open an address in the languages at both widths; return what is wrong, by view.

    Every view must fit its screen. axe sees those that it is told to see.
    """
    found: dict[str, list[str]] = {}
    widths = WIDTHS
    for language in languages:
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}]
        )
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status < 500, f"{address} {answer.status}"
        for width in widths:
            widen(page, width)
            keep_picture(f"{name}-{language}")
            wrong = faults(page) if (language, width) in by_axe else too_wide(page)
            if wrong:
                found[f"{language} {width}"] = wrong
        # The other language begins at the width that this one ends with.
        widths = widths[::-1]
    return found


@pytest.mark.parametrize("rows", by_state([row for row in ROWS if row.is_page], at_once=8))
@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.campaign)], ids=["one-view", "all-views"]
)
def test_pages_are_accessible(
    rows: list[Access],
    every: bool,
    chance: Random,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """No violation of any rule, no script or style refused."""
    arguments = rows[0].given(everyone) if rows[0].given else {}
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        viewers = {row.as_party: row.party, "": row.nobody, "reviewer": row.reviewer}
        sign_in(next(person for person, status in viewers.items() if status == 200))
        address = reverse(row.route, kwargs=arguments)
        by_axe = VIEWS if every else (chance.choice(VIEWS),)
        languages = {language: None for language, _width in by_axe}
        wrong = look(
            page, site, address, keep_picture, row.route, languages=languages, by_axe=by_axe
        )
        if wrong:
            found[row.route] = wrong
    assert found == {}
    assert violations == []


@pytest.mark.parametrize("route", FOREIGN_PAGES)
def test_pages_of_libraries_keep_the_policy(
    route: str,
    page: Page,
    site: str,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """Sign-in, second factor, admin and API pages: nothing refused by the policy."""
    signed_out = ("account_login", "account_reset_password", "api_browser")
    sign_in("" if route in signed_out else "administrator")
    answer = page.goto(site + reverse(route))
    assert answer is not None
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    assert violations == []
    if route.startswith(("account_", "mfa_")):
        assert look(page, site, reverse(route), keep_picture, route) == {}
        assert violations == []
