"""axe and the Content-Security-Policy on every page of ours, in both languages, wide and narrow.

A run draws half of the states that pages are opened in, and for each page a language: it sees at
both widths whether the page fits, and axe, which takes longer than all the rest, looks at one of
them. The campaign opens every page in both languages and lets axe see all four views.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import product
from random import Random

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import what_axe_finds
from tests.given.access import Access, by_state
from tests.given.gathered import ROWS
from tests.given.world import World

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
LANGUAGES = ("en", "zh-hans")
View = tuple[str, int]
"""A language and a width in pixels."""
VIEWS: tuple[View, ...] = tuple(product(LANGUAGES, WIDTHS))
BY_AXE = (("en", 1280), ("zh-hans", 390))
"""Which views axe sees where it sees more than one: each width and each language once."""
FOREIGN_PAGES = (
    "account_login",
    "account_reset_password",
    "account_logout",
    "account_change_password",
    "mfa_index",
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


SCREENS = 3
"""How many screens a page may be high without links to its sections."""


def too_long(page: Page) -> list[str]:
    """Return whether the open page, at its wide view, is long and has no links to its sections."""
    size = page.viewport_size
    if size is None or size["width"] != WIDTHS[0]:
        return []
    if page.evaluate(
        "most => document.documentElement.scrollHeight > most"
        " && ![...document.querySelectorAll('main nav')].some("
        "nav => nav.querySelectorAll('a[href^=\"#\"]').length > 1)",
        SCREENS * size["height"],
    ):
        return ["the page is longer than three screens and has no links to its sections"]
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
    by_axe: Collection[View] = BY_AXE,
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
            wrong += too_long(page)
            if wrong:
                found[f"{language} {width}"] = wrong
        # The other language begins at the width that this one ends with.
        widths = widths[::-1]
    return found


GROUPS = by_state([row for row in ROWS if row.is_page], at_once=8)
MOST = len(GROUPS) // 3


@dataclass(frozen=True)
class Visit:
    """A window on the site with everyone's things, and what it was refused."""

    page: Page
    site: str
    everyone: World
    sign_in: Callable[[str], None]
    violations: list[str]
    keep_picture: Callable[[str], None]

    def check(self, rows: list[Access], chosen: Callable[[], Collection[View]]) -> None:
        """Open pages in the views that are chosen for each: none breaks a rule of axe or ours."""
        arguments = rows[0].given(self.everyone) if rows[0].given else {}
        found: dict[str, dict[str, list[str]]] = {}
        for row in rows:
            viewers = {row.as_party: row.party, "": row.nobody, "reviewer": row.reviewer}
            self.sign_in(next(person for person, status in viewers.items() if status == 200))
            address = row.path(arguments)
            views = chosen()
            languages = {language: None for language, _width in views}
            wrong = look(
                self.page,
                self.site,
                address,
                self.keep_picture,
                row.route,
                languages=languages,
                by_axe=views,
            )
            if wrong:
                found[row.route] = wrong
        assert found == {}
        assert self.violations == []


@pytest.fixture
def visit(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> Visit:
    """Return a visit of the site."""
    return Visit(page, site, everyone, sign_in, violations, keep_picture)


@pytest.mark.drawn(MOST)
@pytest.mark.parametrize("rows", GROUPS)
def test_one_view_of_each_page(rows: list[Access], visit: Visit, chance: Random) -> None:
    """One language, drawn for each page, at one width."""
    visit.check(rows, lambda: (chance.choice(VIEWS),))


@pytest.mark.campaign
@pytest.mark.parametrize("rows", GROUPS)
def test_every_view_of_each_page(rows: list[Access], visit: Visit) -> None:
    """Both languages, wide and narrow."""
    visit.check(rows, lambda: VIEWS)


@pytest.mark.parametrize("route", FOREIGN_PAGES)
def test_pages_of_libraries_keep_the_policy(
    route: str,
    page: Page,
    site: str,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """Sign-in, second factor and admin pages: nothing refused by the policy."""
    signed_out = ("account_login", "account_reset_password")
    sign_in("" if route in signed_out else "administrator")
    answer = page.goto(site + reverse(route))
    assert answer is not None
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    assert violations == []
    if route.startswith(("account_", "mfa_")):
        assert look(page, site, reverse(route), keep_picture, route) == {}
        assert violations == []
