"""Inquiries about data on offer: who asks, who answers, and what everybody reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.services import (
    answer_inquiry,
    ask_seller,
    withhold_inquiry,
)
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import inquiries as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.world import World


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_is_answered_everybody_reads(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Before that nobody but its sides, and who asked nobody reads at all."""
    inquiry = given.asked(world)
    public = reverse("listing_public", args=[inquiry.listing_id])
    listed = reverse("api_list_market_inquiries", args=[inquiry.listing_id])
    assert given.TEXT not in text(page_of("").get(public))
    assert api_of("").get(listed).json()["results"] == []
    answer_inquiry(inquiry.pk, answer=given.ANSWER, by=world.actor("officer"))
    page = text(page_of("").get(public))
    assert given.TEXT in page
    assert "from eleven at night" in page
    (row,) = api_of("").get(listed).json()["results"]
    assert set(row) == {"id", "text", "answer", "created_at", "answered_at"}
    buyer = Inquiry.objects.get().organization.name
    assert buyer not in page


def test_an_inquiry_follows_its_product(world: World, page_of: PageClients) -> None:
    """Asked from the page of one offer, read on every other one of the same data."""
    inquiry = given.answered(world)
    version = inquiry.listing.revision.version
    other = trading.published(
        world, version=version, title="Boardings by program", delivery_mode="api"
    )
    assert other.product_id == inquiry.product_id
    assert given.TEXT in text(page_of("").get(reverse("listing_public", args=[other.pk])))


def test_the_same_inquiry_again_is_one(world: World) -> None:
    inquiry = given.asked(world)
    again = ask_seller(inquiry.listing_id, text=f"  {given.TEXT} ", by=world.actor("buyer"))
    assert again == inquiry
    assert Entry.objects.filter(kind="trading.inquiry_made").count() == 1


def test_so_many_inquiries_wait_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer makes room for the next."""
    listing = trading.published(world)
    by = world.actor("buyer")
    monkeypatch.setitem(settings.CENTRE, "OPEN_INQUIRIES", 2)
    asked = [ask_seller(listing.pk, text=f"Inquiry {n}?", by=by) for n in range(2)]
    with pytest.raises(WrongState):
        ask_seller(listing.pk, text="One more?", by=by)
    assert Inquiry.objects.count() == 2
    answer_inquiry(asked[0].pk, answer="Yes.", by=world.actor("officer"))
    assert ask_seller(listing.pk, text="One more?", by=by).state == "asked"


def test_who_does_not_see_an_offer_asks_nothing(world: World) -> None:
    """Nor is anything asked about what is off the market."""
    suspended = trading.suspended(world)
    with pytest.raises(NotFound):
        ask_seller(suspended.pk, text="Why?", by=world.actor("buyer"))


@pytest.mark.parametrize("words", ["", "   ", "x" * 501])
def test_an_inquiry_has_words(words: str, world: World, page_of: PageClients) -> None:
    """What is wrong is said on the page of the data, and nothing is lost there."""
    listing = trading.published(world)
    with pytest.raises(Invalid):
        ask_seller(listing.pk, text=words, by=world.actor("buyer"))
    answer = page_of("buyer").post(reverse("inquiry_make", args=[listing.pk]), {"text": words})
    assert answer.status_code == 422
    assert not Inquiry.objects.exists()


def test_what_must_not_stand_is_taken_off(world: World, page_of: PageClients) -> None:
    """By a reviewer, with a reason that its sides read; it is not answered anew."""
    inquiry = given.withheld(world)
    public = reverse("listing_public", args=[inquiry.listing_id])
    assert given.TEXT not in text(page_of("").get(public))
    for side in ("buyer", "officer"):
        page = text(page_of(side).get(reverse("inquiry_detail", args=[inquiry.pk])))
        assert "It names a person." in page
    with pytest.raises(WrongState):
        answer_inquiry(inquiry.pk, answer="Again.", by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        withhold_inquiry(
            given.asked(world, text="Other?").pk, reason="x", by=world.actor("officer")
        )


def test_its_sides_are_told(world: World) -> None:
    given.answered(world)
    catch_up()
    told = set(Notice.objects.filter(kind__startswith="inquiry").values_list("kind", "person_id"))
    assert ("inquiry_made", world.actor("officer").person_id) in told
    assert ("inquiry_answered", world.actor("buyer").person_id) in told
    assert ("inquiry_made", world.actor("buyer").person_id) not in told


def test_an_inquiry_is_no_order(world: World) -> None:
    """Nor do its words stand in the ledger."""
    given.answered(world)
    assert not Order.objects.exists()
    kept = str(list(Entry.objects.values_list("payload", flat=True)))
    assert given.TEXT not in kept
    assert given.ANSWER not in kept
