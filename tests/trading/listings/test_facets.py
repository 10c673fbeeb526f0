"""The market says how many offers there are of each kind, and one click narrows to them."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from django.urls import reverse
from django.utils.html import escape

from marketplace.trading.listings.market import facets
from marketplace.trading.listings.market.facets import facets_of
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.web.pagination import CappedPages
from tests.conftest import PageClients
from tests.given import delivery, renewals, sandboxes
from tests.given import trading as given
from tests.given.world import World


def counted_for(
    wanted: MarketQuery, world: World, person: str = "buyer"
) -> list[facets.CountedKind]:
    """Count as the page does, which knows how many offers fit."""
    by = world.actor(person)
    found = search_listings(wanted, by=by)
    return facets_of(wanted, replace(found, count=CappedPages.counted(found.rows)), by)


def numbers(wanted: MarketQuery, world: World, person: str = "buyer") -> dict[str, dict[str, int]]:
    """Return the counts by kind and value."""
    counted = counted_for(wanted, world, person)
    return {kind.name: {one.value: one.number for one in kind.values} for kind in counted}


def offers(world: World) -> None:
    """Bring three offers to the market: two files, of which one is paid by use, and a sandbox."""
    given.published(world)
    delivery.by_use(world)
    sandboxes.published(world)


def test_each_number_is_what_its_click_finds(world: World, page_of: PageClients) -> None:
    """Also where another kind is chosen: counted is what the others leave."""
    offers(world)
    for asked in (MarketQuery(), MarketQuery(delivery_mode="sandbox"), MarketQuery(text="bus")):
        counted = counted_for(asked, world)
        assert counted
        for kind in counted:
            for one in kind.values:
                clicked = MarketQuery(**(asdict(asked) | {kind.name: one.value}))
                found = search_listings(clicked, by=world.actor("buyer"))
                assert found.rows.count() == one.number, (kind.name, one.value)
    chosen = numbers(MarketQuery(delivery_mode="sandbox"), world)
    assert chosen["delivery_mode"] == {"file": 1, "api": 1, "sandbox": 1}
    page = page_of("buyer").get(reverse("market")).content.decode()
    assert escape(reverse("market") + "?delivery_mode=sandbox") in page


def test_what_narrows_nothing_is_left_out(world: World) -> None:
    """Offers of one theme need no choice of themes; no offer needs none at all."""
    assert numbers(MarketQuery(), world) == {}
    offers(world)
    assert "theme" not in numbers(MarketQuery(), world)
    assert set(numbers(MarketQuery(), world)) == {"delivery_mode", "plan"}


def test_a_chosen_kind_can_be_left_again(world: World, page_of: PageClients) -> None:
    """Its link asks for everything else that was asked for, from the first page on."""
    offers(world)
    asked = {"delivery_mode": "sandbox", "q": "bus", "page": "2"}
    page = page_of("buyer").get(reverse("market"), asked).content.decode()
    assert f'href="{reverse("market")}?q=bus" aria-current="true"' in page


def test_a_count_that_is_not_whole_is_not_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more offers fit than are read, no number is."""
    offers(world)
    monkeypatch.setattr(CappedPages, "most", 3)
    assert numbers(MarketQuery(), world) == {}
    monkeypatch.setattr(CappedPages, "most", 4)
    assert numbers(MarketQuery(), world)["delivery_mode"] == {"file": 1, "api": 1, "sandbox": 1}


def test_nobody_counts_what_they_do_not_see(world: World) -> None:
    """An offer by invitation is in the numbers of its guests alone."""
    offers(world)
    before = numbers(MarketQuery(), world, "stranger")
    renewals.by_invitation(world)
    assert numbers(MarketQuery(), world, "stranger") == before
    assert numbers(MarketQuery(), world, "reviewer") != before


def test_every_kind_is_one_that_the_market_is_asked_for() -> None:
    """And each is a part of a question."""
    assert set(facets.KINDS) <= set(MarketQuery.__dataclass_fields__)
