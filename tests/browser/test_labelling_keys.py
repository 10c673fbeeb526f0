"""A batch is labelled by keys alone: one a class, Enter for the next item, u back, s to skip."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.given import annotation as given
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_a_batch_is_labelled_by_keys(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
) -> None:
    """Without a mouse; what was saved is there when one comes back to it."""
    batch = given.taken(everyone)
    sign_in("annotator")
    page.goto(site + reverse("item_batch", args=[batch.pk]))
    heading = page.locator(".panel-head h2").first
    expect(heading).to_have_text("Item 1 of 5")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Item 2 of 5")
    page.keyboard.press("u")
    expect(heading).to_have_text("Item 1 of 5")
    expect(page.get_by_label("1 · Low income")).to_be_checked()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Item 2 of 5")
    page.keyboard.press("s")
    page.keyboard.type("Cut off, 1 and 2.")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Item 3 of 5")
    assert violations == []
    first, second = batch.tasks.order_by("position")[:2]
    assert first.answer is not None
    assert first.answer["classes"] == ["high"]
    assert (second.answer, second.skipped) == (None, "Cut off, 1 and 2.")
