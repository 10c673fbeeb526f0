"""The application scenarios of an offer: a plain text that a seller may write, or leave empty."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils.html import escape

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import offer_to_others
from marketplace.trading.listings.sheet.sheet import sheet_digest
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.world import World
from tests.trading.doors import OFFER_FORM, OFFER_JSON

FIRST, LAST = "Fares of ferries <b>by zone</b>", "Zeitkarten\u202e im Verbund."
SAID = f"{FIRST}\n{LAST}"
HEADING = "Application scenarios"


def drafted_by_form(world: World, pages: PageClients, scenarios: str) -> Any:
    """Send the form of a new offer with scenarios as a browser sends them."""
    address = reverse("listing_draft", args=[given.masked(world).pk])
    lines = scenarios.replace("\n", "\r\n")
    return pages("officer").post(address, {**OFFER_FORM, "scenarios": lines})


def test_they_go_from_the_form_to_the_contract(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Who looks for a word of them finds the offer, and decides on them with its sheet."""
    given.valued(world, given.masked(world))
    assert drafted_by_form(world, page_of, SAID).status_code == 302
    draft = Listing.objects.get()
    assert draft.scenarios == SAID
    revised = page_of("officer").get(reverse("listing_revise", args=[draft.pk]))
    assert revised.context["form"]["scenarios"].value() == SAID
    listing = given.published(world, scenarios=SAID)
    shown = f"{escape(FIRST)}<br>{escape(LAST)}"
    for person, name in (("reviewer", "listing_detail"), ("", "listing_public")):
        page = page_of(person).get(reverse(name, args=[listing.pk])).content.decode()
        assert (HEADING in page, shown in page) == (True, True), name
    for words, found in (("zeitkarten verbund", 1), ("zeitkarten fern", 0)):
        asked = {"q": words}
        assert len(page_of("").get(reverse("market"), asked).context["cards"]) == found
        told = api_of("").get(reverse("api_search_market"), asked).json()["results"]
        assert [one["scenarios"] for one in told] == [SAID] * found
    assert listing.sheet is not None
    assert listing.sheet["scenarios"] == SAID
    text = given.accepted(world, given.placed(world, listing)).contract.text
    assert (
        "\nApplication scenarios, which are examples and widen no permitted purpose: "
        "Fares of ferries <b>by zone</b>; Zeitkarten im Verbund\n" in text
    )
    promised = page_of("").get(reverse("listing_contract", args=[listing.pk])).content
    told = yaml.safe_load(promised)["customProperties"]
    assert {"property": "scenarios", "value": SAID} in told
    chinese = page_of("").get(
        reverse("listing_public", args=[listing.pk]), headers={"accept-language": "zh-hans"}
    )
    assert "<h2>应用场景</h2>" in chinese.content.decode()


def test_without_them_nothing_is_said(world: World, page_of: PageClients) -> None:
    """No heading and no clause stands empty, and the sheet is as it was before there were any."""
    listing = given.published(world)
    assert listing.sheet is not None
    assert "scenarios" not in listing.sheet
    assert sheet_digest(listing.sheet) == listing.sheet_digest
    contract = given.accepted(world, given.placed(world, listing)).contract
    assert HEADING not in contract.text
    assert "\n\n\n" not in contract.text
    for person, name in (("reviewer", "listing_detail"), ("", "listing_public")):
        page = page_of(person).get(reverse(name, args=[listing.pk])).content.decode()
        assert HEADING not in page, name


def test_a_second_offer_says_them_too(world: World) -> None:
    """Whoever offers the same to others free of charge writes nothing anew."""
    listing = given.published(world, scenarios=SAID)
    other = offer_to_others(listing.pk, visible_kinds=["government"], by=world.actor("officer"))
    assert other.scenarios == SAID


def test_lines_count_as_they_are_typed(world: World, page_of: PageClients) -> None:
    """A browser counts the end of a line once and sends two characters for it."""
    most = "x" * 299 + "\n" + "y" * 300
    assert drafted_by_form(world, page_of, most).status_code == 302
    assert Listing.objects.get().scenarios == most


@pytest.mark.parametrize(
    ("said", "why", "status"),
    [("x" * 601, "600 characters", 422), ("Fares\x00", "ull ", 400)],
    ids=["too long", "what no page shows"],
)
def test_what_cannot_stand_is_told_at_the_field(
    said: str, why: str, status: int, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """By form and API, and nothing is drafted."""
    refused = drafted_by_form(world, page_of, said)
    assert refused.status_code == 422
    assert why in refused.context["form"].errors["scenarios"][0]
    address = reverse("api_draft_listing", args=[given.masked(world).pk])
    answer = api_of("officer").post(address, {**OFFER_JSON, "scenarios": said}, format="json")
    assert answer.status_code == status
    assert why in str(answer.json())
    assert not Listing.objects.exists()
