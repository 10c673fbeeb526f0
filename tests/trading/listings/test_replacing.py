"""A newer listing takes the place of an older one; guests come and go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import invited_codes, successor_of
from marketplace.trading.listings.listing.services import invite_to_listing, take_invitation_back
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.trading.listings.publication.services import (
    publish_listing,
    submit_listing,
    withdraw_listing,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import PageClients
from tests.given import renewals
from tests.given import trading as given
from tests.given.world import PASSWORD, World


def test_the_newer_listing_takes_the_place(world: World, page_of: PageClients) -> None:
    """Nothing changes before; then the market shows it, and the old page leads on."""
    old = given.published(world)
    draft = renewals.successor(world, old)
    submit_listing(draft.pk, by=world.actor("officer"))
    assert list(search_listings(MarketQuery(), by=NOBODY).rows) == [old]
    visitor, address = page_of(""), reverse("listing_public", args=[old.pk])
    new = given_published(world, draft)
    old.refresh_from_db()
    assert (old.state, new.replaces) == ("superseded", old)
    assert successor_of(old) == new
    assert list(search_listings(MarketQuery(), by=NOBODY).rows) == [new]
    page = visitor.get(address).content.decode()
    assert reverse("listing_public", args=[new.pk]) in page
    assert "Order this" not in page
    entry = Entry.objects.get(kind="trading.listing_superseded")
    assert entry.subject == f"listing:{old.pk}"
    detail = page_of("officer").get(reverse("listing_detail", args=[old.pk])).content.decode()
    assert reverse("listing_detail", args=[new.pk]) in detail


def given_published(world: World, submitted: Listing) -> Listing:
    """Publish what was submitted."""
    from_reviewer = world.actor("second_reviewer")
    return publish_listing(submitted.pk, checklist=given.LISTING_CHECKLIST, by=from_reviewer)


def test_old_orders_keep_theirs(world: World) -> None:
    """A contract goes on at its price; what was only ordered cannot be accepted any more."""
    contract = given.contracted(world)
    old = contract.order.listing
    pending = place_order(
        old.pk, purpose="More.", request_key="two", by=world.actor("second_buyer")
    )
    renewals.published(world, renewals.successor(world, old))
    for side in ("officer", "buyer"):
        sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(side))
    assert Contract.objects.get().order.price == old.price
    with pytest.raises(WrongState) as refused:
        accept_order(pending.pk, by=world.actor("officer"))
    assert refused.value.code == "listing-not-standing"
    with pytest.raises(WrongState):
        place_order(old.pk, purpose="More.", request_key="three", by=world.actor("buyer"))


def test_a_chain_leads_to_the_newest(world: World) -> None:
    """A third takes the place of the second; the first page leads to the third."""
    first = given.published(world)
    second = renewals.published(world, renewals.successor(world, first))
    third = renewals.published(world, renewals.successor(world, second))
    assert successor_of(first) == third
    assert list(search_listings(MarketQuery(), by=NOBODY).rows) == [third]


def test_what_cannot_be_replaced(world: World) -> None:
    """A draft, and a withdrawn one."""
    old = given.published(world)
    draft = renewals.successor(world, old)
    with pytest.raises(Invalid) as invalid:
        renewals.successor(world, draft)
    assert list(invalid.value.fields) == ["replaces"]
    withdraw_listing(old.pk, reason="Wrong.", by=world.actor("officer"))
    assert renewals.published(world, draft).state == "published", "nothing is left to replace"
    with pytest.raises(Invalid) as invalid:
        renewals.successor(world, old)
    assert list(invalid.value.fields) == ["replaces"]


def test_a_dropped_draft_took_no_place(world: World) -> None:
    """The listing that it was to replace stands, and another draft replaces it."""
    old = given.published(world)
    for _time in range(2):
        draft = renewals.successor(world, old)
        dropped = withdraw_listing(draft.pk, reason="Wrong.", by=world.actor("officer"))
        assert (dropped.state, dropped.replaces) == ("withdrawn", None)
    new = renewals.published(world, renewals.successor(world, old))
    old.refresh_from_db()
    assert (old.state, successor_of(old)) == ("superseded", new)


def test_exclusively_sold_bytes_are_not_listed_anew(world: World) -> None:
    """Neither beside the order of the old listing, nor exclusively after it was sold to others."""
    old = given.published(world, exclusive=True)
    given.placed(world, old)
    draft = renewals.successor(world, old)
    with pytest.raises(WrongState) as refused:
        submit_listing(draft.pk, by=world.actor("officer"))
    assert refused.value.code == "exclusive-taken"
    assert Listing.objects.get(pk=old.pk).state == "published"


def test_an_exclusive_listing_does_not_follow_a_sold_one(world: World) -> None:
    """Who promises to be the only buyer's seller has no other buyer."""
    old = given.published(world)
    given.placed(world, old)
    draft = renewals.successor(world, old, terms=given.offer(exclusive=True).terms)
    with pytest.raises(WrongState) as refused:
        submit_listing(draft.pk, by=world.actor("officer"))
    assert refused.value.code == "exclusive-taken"


def test_an_order_between_submission_and_publication_stops_it(world: World) -> None:
    """The second officer asks anew."""
    old = given.published(world, exclusive=True)
    draft = renewals.successor(world, old)
    submit_listing(draft.pk, by=world.actor("officer"))
    given.placed(world, old)
    with pytest.raises(WrongState):
        given_published(world, draft)
    assert Listing.objects.get(pk=old.pk).state == "published"


def test_guests_come_and_go(world: World) -> None:
    """Who is invited sees it at once; who is not any more keeps its orders."""
    listing, officer = renewals.by_invitation(world), world.actor("officer")
    stranger, buyer = world.actor("stranger"), world.actor("buyer")
    assert not search_listings(MarketQuery(), by=stranger).rows.exists()
    code = world.organization("stranger").uscc
    invite_to_listing(listing.pk, invited=[f" {code.lower()} "], by=officer)
    assert search_listings(MarketQuery(), by=stranger).rows.exists()
    order = place_order(listing.pk, purpose="More.", request_key="one", by=buyer)
    guest = world.organization("buyer").pk
    take_invitation_back(listing.pk, organization_id=guest, by=officer)
    assert invited_codes(listing) == [code]
    assert not search_listings(MarketQuery(), by=buyer).rows.exists()
    assert accept_order(order.pk, by=officer).state == "accepted"
    again = take_invitation_back(listing.pk, organization_id=guest, by=officer)
    assert Entry.objects.filter(kind="trading.invitation_taken_back").count() == 1
    assert again == listing


def test_unknown_guests(world: World) -> None:
    """A code that nobody has, and none at all."""
    listing, officer = renewals.by_invitation(world), world.actor("officer")
    for codes in (["91110000MA00000000"], [], [" "]):
        entries = Entry.objects.count()
        with pytest.raises(Invalid) as refused:
            invite_to_listing(listing.pk, invited=codes, by=officer)
        assert list(refused.value.fields) == ["invited"]
        assert Entry.objects.count() == entries
    assert len(invited_codes(listing)) == 1


def test_guests_on_the_page(world: World, page_of: PageClients) -> None:
    """The seller reads who is invited, and what was wrong with a code."""
    listing = renewals.by_invitation(world)
    officer = page_of("officer")
    page = officer.get(reverse("listing_detail", args=[listing.pk])).content.decode()
    assert world.organization("buyer").name in page
    invite = reverse("listing_invite", args=[listing.pk])
    refused = officer.post(invite, {"invited": "91110000MA00000000"})
    assert refused.status_code == 422
    assert "91110000MA00000000" in refused.content.decode()
    junk = reverse("invitation_take_back", args=[listing.pk])
    assert officer.post(junk, {"organization": "nonsense"}).status_code == 422
