"""What the page of data says on top, and what would make it untrue."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desensitize.profile import OTHERS
from marketplace.rights.claim.models import Claim
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.sheet import sheet
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.catalog import approved_dataset
from tests.given.world import World


def text(answer: Any) -> str:
    """Return what a page says, its spaces made one."""
    return " ".join(answer.content.decode().split())


def page_of_listing(world: World, page_of: PageClients, **changes: Any) -> str:
    listing = given.published(world, **changes)
    return text(page_of("").get(reverse("listing_public", args=[listing.pk])))


def test_who_pays_nothing_is_told_of_no_payment(world: World, page_of: PageClients) -> None:
    assert "You pay 12,000.00 CNY." in page_of_listing(world, page_of)
    free = page_of_listing(world, page_of, title="For nothing", plan=Free())
    assert "You pay" not in free
    assert "provided free of charge" in free


def test_nobody_bought_what_was_merely_ordered(world: World, page_of: PageClients) -> None:
    """And who bought is told by kind and number alone."""
    order = given.completed(world)
    address = reverse("listing_public", args=[order.listing_id])
    page = text(page_of("").get(address))
    assert "Bought 1 time." in page
    assert order.buyer.name not in page
    given.placed(world, given.published(world, title="Rain by hour"))
    other = given.placed(world, given.published(world, title="Snow by hour")).listing
    page = text(page_of("").get(reverse("listing_public", args=[other.pk])))
    assert "No purchase of it is completed yet." in page


def test_a_page_says_in_how_many_rows_it_counted(
    world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a long table it reads the beginning, and must not speak of all of it."""
    assert "Counted in all desensitized rows." in page_of_listing(world, page_of)
    monkeypatch.setattr(sheet, "SPREAD_ROWS", 3)
    page = page_of_listing(world, page_of, title="Long")
    assert "Counted in the first 3 desensitized rows." in page


def test_no_spread_names_what_few_rows_share(world: World) -> None:
    """Whoever reads the page learns no value of fewer than five rows, and no end of a range."""
    frozen = given.published(world).sheet
    assert frozen is not None
    spreads = [column["spread"] for column in frozen["columns"] if column["spread"]]
    assert spreads
    for spread in spreads:
        assert all(count >= 5 or not count or label == OTHERS for label, count in spread)


def test_a_file_of_a_claim_says_what_it_shows(world: World, page_of: PageClients) -> None:
    """It is not filed under a kind that nobody named."""
    dataset = approved_dataset(world)
    address = reverse("claim_draft", args=[dataset.pk])
    form = page_of("officer").get(address).context["form"]
    sent = {name: form[name].initial for name in ("procedure", "term_years")} | {"rights": ["use"]}
    paper = SimpleUploadedFile("statute.pdf", b"%PDF-1.7\n%%EOF")
    answer = page_of("officer").post(address, {**sent, "upload": paper})
    assert answer.status_code == 422
    assert "Say what the file shows." in text(answer)
    assert not Claim.objects.exists()
