"""The page of the regions in each of its states: readable by everybody, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_accessibility import WIDTHS, faults, look
from tests.given.catalog import draft_dataset
from tests.given.trading import completed
from tests.given.world import World

pytestmark = pytest.mark.browser

STATES = {
    "empty": "/regions/",
    "whole": "/regions/?scope=whole",
    "mistake": "/regions/?first=2026-05&last=2026-04",
}


@pytest.mark.parametrize("name", STATES)
def test_state_is_accessible(
    name: str,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    if name == "whole":
        draft_dataset(everyone)
    sign_in("officer")
    assert look(page, site, STATES[name], keep_picture, f"regions-{name}") == {}
    assert violations == []


def test_tables_behind_the_pictures_open(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    completed(everyone)
    long = "A region whose name is as long as a field of the form allows"
    draft_dataset(everyone, by="stranger", theme="public_safety", region=long)
    sign_in("auditor")
    page.goto(f"{site}/regions/?measure=assets")
    for summary in page.locator("details.behind > summary").all():
        summary.click()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture("regions-tables")
        assert faults(page) == []
        assert not page.evaluate(
            "[...document.querySelectorAll('.table-region')]"
            ".some((piece) => piece.scrollWidth > piece.clientWidth)"
        ), "no table scrolls sideways"
    assert violations == []
