"""The ways of things, drawn as steps: no word breaks, whatever the width and the language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.given import following, trading
from tests.given.world import World

pytestmark = pytest.mark.browser

SIZES = (ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844))

BROKEN = """
() => [...document.querySelectorAll(".steps .step > span")].flatMap(label => {
  const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/[A-Za-z-]+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  }
  return found;
})
"""
"""The words of the steps that stand on more than one line."""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_words_of_steps_stay_whole(
    page: Page,
    context: BrowserContext,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    keep_picture: Callable[[str], None],
    language: str,
) -> None:
    """Of a dataset, its guided path, its preparation, a claim and its end, and an order."""
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
    order = trading.placed(everyone)
    dataset, certificate = order.listing.product.dataset, order.listing.certificate
    assert certificate is not None
    end = following.asked_cancellation(everyone, certificate)
    source = order.listing.revision.version.parent
    assert source is not None
    sign_in("officer")
    for name, pk in (
        ("dataset_detail", dataset.pk),
        ("dataset_path", dataset.pk),
        ("preparation_detail", source.pk),
        ("claim_detail", certificate.claim_id),
        ("claim_detail", end.pk),
        ("order_detail", order.pk),
    ):
        page.goto(site + reverse(name, args=[pk]))
        expect(page.locator(".steps").first).to_be_visible()
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate(BROKEN) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
            keep_picture(f"steps-{name}-{pk == end.pk}-{language}")
