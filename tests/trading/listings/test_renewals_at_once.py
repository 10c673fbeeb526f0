"""Renewals and replacements at once: nothing waits for a listing that left, nothing sold twice."""

from __future__ import annotations

import pytest

from marketplace.core.errors import Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    submit_listing,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from tests.given import renewals
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def open_cases(listing: Listing) -> int:
    """Count what waits for a second officer about a listing."""
    return Case.objects.filter(subject=f"listing:{listing.pk}", state="open").count()


def test_six_renewals_at_once() -> None:
    """One waits, with one case for the second officer."""
    world = World()
    listing = given.published(world)
    officers = [world.actor(("officer", "colleague")[number % 2]) for number in range(6)]
    answers = at_once(
        6, lambda number: renew_listing(listing.pk, **renewals.days(), by=officers[number])
    )
    losers = [each for each in answers if isinstance(each, Refusal)]
    assert [type(each) for each in losers] == 5 * [WrongState]
    assert ListingRenewal.objects.get().state == "waiting"
    assert open_cases(listing) == 1


def test_renewing_against_withdrawing() -> None:
    """Whichever comes first, nothing waits for a listing that has left the market."""
    world = World()
    listing = given.published(world)
    officers = [world.actor("officer"), world.actor("colleague")]

    def act(number: int) -> object:
        if number % 2:
            return withdraw_listing(listing.pk, reason="Sold.", by=officers[0])
        return renew_listing(listing.pk, **renewals.days(), by=officers[number // 2 % 2])

    answers = at_once(6, act)
    assert {type(each) for each in answers} <= {Listing, ListingRenewal, WrongState}
    assert Listing.objects.get().state == "withdrawn"
    assert not ListingRenewal.objects.filter(state="waiting").exists()
    assert open_cases(listing) == 0


def test_every_decision_on_a_renewal() -> None:
    """Approved, returned or dropped by the withdrawal: one of them, and the case with it."""
    world = World()
    listing = renewals.waiting(world)
    first, second = world.actor("reviewer"), world.actor("second_reviewer")
    officer = world.actor("officer")

    def act(number: int) -> object:
        if number % 3 == 0:
            return approve_renewal(listing.pk, checklist=given.LISTING_CHECKLIST, by=first)
        if number % 3 == 1:
            return return_renewal(listing.pk, reason="Say why.", by=second)
        return withdraw_listing(listing.pk, reason="Sold.", by=officer)

    assert {type(each) for each in at_once(6, act)} <= {Listing, WrongState}
    listing, renewal = Listing.objects.get(), ListingRenewal.objects.get()
    assert listing.state == "withdrawn"
    assert renewal.state in ("approved", "returned", "dropped")
    assert (listing.on_sale_until is not None) == (renewal.state == "approved")
    assert open_cases(listing) == 0
    kinds = ("trading.listing_renewed", "trading.renewal_returned")
    assert Entry.objects.filter(kind__in=kinds).count() == (renewal.state != "dropped")


def test_replacing_against_renewing() -> None:
    """The old listing leaves in any case, and its renewal waits for nobody."""
    world = World()
    old = renewals.waiting(world)
    draft = renewals.successor(world, old)
    submit_listing(draft.pk, by=world.actor("officer"))
    first, second = world.actor("reviewer"), world.actor("second_reviewer")

    def act(number: int) -> object:
        if number % 2:
            return approve_renewal(old.pk, checklist=given.LISTING_CHECKLIST, by=first)
        return publish_listing(draft.pk, checklist=given.LISTING_CHECKLIST, by=second)

    assert {type(each) for each in at_once(6, act)} <= {Listing, WrongState}
    states = dict(Listing.objects.values_list("pk", "state"))
    assert states == {old.pk: "superseded", draft.pk: "published"}
    assert ListingRenewal.objects.get().state in ("approved", "dropped")
    assert open_cases(old) == open_cases(draft) == 0


def test_replacing_against_an_order() -> None:
    """Either the old listing has its one buyer, or the newer one has taken its place."""
    world = World()
    old = given.published(world, exclusive=True)
    draft = renewals.successor(world, old, terms=given.offer(exclusive=True).terms)
    submit_listing(draft.pk, by=world.actor("officer"))
    buyers = [world.actor("buyer"), world.actor("stranger")]
    second = world.actor("second_reviewer")

    def act(number: int) -> object:
        if number % 2:
            return publish_listing(draft.pk, checklist=given.LISTING_CHECKLIST, by=second)
        return place_order(
            old.pk, purpose="Pricing.", request_key=f"k{number}", by=buyers[number // 2 % 2]
        )

    answers = at_once(6, act)
    assert {type(each) for each in answers} <= {Listing, Order, WrongState}
    states = dict(Listing.objects.values_list("pk", "state"))
    if Order.objects.exists():
        assert Order.objects.get().listing_id == old.pk
        assert states == {old.pk: "published", draft.pk: "submitted"}
    else:
        assert states == {old.pk: "superseded", draft.pk: "published"}
