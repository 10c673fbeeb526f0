"""How readers of strangers' files are closed off, as the centre's staff see it on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from desensitize.confinement import measuring
from desensitize.confinement.ways import CONFINEMENTS, LIMITS_ALONE
from tests.given.world import World

pytestmark = pytest.mark.browser
SIZES = (ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844))


@pytest.mark.drawn(1)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_state_of_readers_fits(
    page: Page,
    context: BrowserContext,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    keep_picture: Callable[[str], None],
    violations: list[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    """Isolated, not isolated, and refused: at both widths and in both languages."""
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
    sign_in("administrator")
    for tone, found, is_required in (
        ("good", CONFINEMENTS[0], True),
        ("warning", CONFINEMENTS[3], False),
        ("bad", LIMITS_ALONE, True),
    ):
        monkeypatch.setattr(measuring, "_found", found)
        monkeypatch.setitem(settings.CENTRE, "ISOLATED_READERS", is_required)
        page.goto(site + reverse("pipeline"))
        expect(page.locator(f"main .note-{tone}")).to_be_visible()
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            keep_picture(f"readers-{tone}-{language}")
    assert violations == []
