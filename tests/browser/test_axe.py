"""What axe finds though it looks once only at what stands around pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import what_axe_finds

pytestmark = pytest.mark.browser

NAMELESS = "place => document.querySelector(place).insertAdjacentHTML('beforeend', '<img src>')"
"""Puts a picture that says nothing into a place."""
MUTE = "place => document.querySelector(place).replaceChildren()"


def test_every_part_of_a_page_is_looked_at(
    page: Page, site: str, sign_in: Callable[[str], None]
) -> None:
    """In the page itself, in what stands around it, and at the current link of the menu."""
    sign_in("officer")
    page.goto(f"{site}/orders/")
    assert what_axe_finds(page) == []
    for fault, place in ((NAMELESS, "main"), (MUTE, ".rail [aria-current]")):
        page.goto(f"{site}/orders/")
        page.evaluate(fault, place)
        assert len(what_axe_finds(page)) == 1
    for place in (".masthead", ".rail", ".foot"):
        page.goto(f"{site}/orders/")
        page.evaluate(NAMELESS, place)
        assert [one.partition(":")[0] for one in what_axe_finds(page)] == ["image-alt"]
