"""How a buyer has the data in each mode: a key told once, a profile to save, a copy under way."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import WIDTHS, faults
from tests.given import copies
from tests.given import delivery as given
from tests.given.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("mode", ["api", "sharing"])
def test_a_key_is_made_and_told_once(
    mode: str,
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """With programs that hold it, and for Delta Sharing a file that the browser saves."""
    grant = given.for_programs(everyone, mode)
    sign_in("buyer")
    page.goto(site + reverse("grant_detail", args=[grant.pk]))
    page.get_by_role("button", name="Make a new key").click()
    expect(page.get_by_text("Copy it now")).to_be_visible()
    if mode == "sharing":
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save the profile file").click()
        profile = json.loads(saved.value.path().read_text())
        assert profile["endpoint"] == f"{site}/api/v1/delta-sharing"
        assert profile["bearerToken"].startswith("dgk_")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture(f"grant-{mode}")
        assert faults(page) == []
    assert violations == []


def test_a_copy_under_way(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """The buyer sees that it waits for a worker, and what will be in it."""
    order = copies.ordered(everyone, columns=("line", "boardings"), rows=(("line", "ge", 1),))
    copies.asked(everyone, order)
    sign_in("buyer")
    page.goto(site + reverse("order_grant", args=[order.pk]))
    expect(page.get_by_text("A worker will take it up in a moment.")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture("copy-waiting")
        assert faults(page) == []
    assert violations == []
