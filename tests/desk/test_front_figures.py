"""How much is on offer, on the front page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.web.pagination import CappedPages
from tests.conftest import PageClients
from tests.given import trading
from tests.given.world import World


@pytest.mark.parametrize(("most", "says"), [(3, "<b>2</b>"), (2, "<b>≥ 2</b>"), (1, "<b>≥ 1</b>")])
def test_offers_are_counted_as_far_as_the_market_counts(
    most: int, says: str, world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops at the most, and says so."""
    trading.published(world)
    trading.published(world, title="Another")
    monkeypatch.setattr(CappedPages, "most", most)
    page = page_of("").get(reverse("front")).content.decode()
    assert f"{says} <span>data assets on offer</span>" in page
