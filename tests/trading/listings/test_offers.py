"""A product has as many offers as its seller likes; what one buyer has alone, nobody else has."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings.listing.exclusion import is_ruled_out
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import (
    draft_listing,
    offer_to_others,
    take_invitation_back,
)
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.trading.listings.plans import Free, Subscription
from marketplace.trading.listings.publication.services import (
    publish_listing,
    submit_listing,
    withdraw_listing,
)
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import PageClients
from tests.given import amendments, delivery, renewals
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.preparation import masked, policy_document
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World

MONTHLY = Subscription(amount=Decimal("900.00"), period_months=1, periods=12)


def beside(world: World, listing: Listing, **changes: Any) -> Listing:
    """Draft another offer of the version of a listing."""
    changes = {"title": "The same in another way", "delivery_mode": "api"} | changes
    version_id = listing.revision.version_id
    return draft_listing(version_id, offer=given.offer(**changes), by=world.actor("officer"))


def other_policy(world: World, listing: Listing) -> DatasetVersion:
    """Desensitize the same rows by another policy, and have them valued."""
    return renewals.other_version(world, listing)


def refused(world: World, draft: Listing) -> None:
    """Submit what another offer rules out, and see that nothing changes."""
    entries, state = Entry.objects.count(), draft.state
    with pytest.raises(WrongState) as found:
        submit_listing(draft.pk, by=world.actor("officer"))
    assert found.value.code == "exclusive-taken"
    assert (Entry.objects.count(), Listing.objects.get(pk=draft.pk).state) == (entries, state)


def test_file_and_feed_side_by_side(world: World) -> None:
    """The same revision once as a file, by subscription through the API, and to a guest."""
    file = given.published(world)
    feed = renewals.published(world, beside(world, file, plan=MONTHLY))
    sandbox = beside(world, file, title="To try", delivery_mode="sharing", plan=Free())
    shared = renewals.published(world, sandbox)
    found = set(search_listings(MarketQuery(), by=world.actor("buyer")).rows)
    assert found == {file, feed, shared}
    assert len({one.revision_id for one in (file, feed, shared)}) == 1
    assert {given.placed(world, one).state for one in (file, feed, shared)} == {"placed"}


def test_each_offer_goes_through_the_gate(world: World) -> None:
    """The second one of a version needs every proof of the first, and a second officer."""
    file = given.published(world)
    draft = beside(world, file)
    with pytest.raises(NotFound):
        place_order(draft.pk, purpose="Pricing.", request_key="k", by=world.actor("buyer"))
    submit_listing(draft.pk, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        publish_listing(draft.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("officer"))
    assert Listing.objects.get(pk=draft.pk).state == "submitted"


@pytest.mark.parametrize("exclusive_first", [True, False])
def test_an_exclusive_offer_stands_alone(exclusive_first: bool, world: World) -> None:
    """On the market it rules the others out, and they it, until the first one is withdrawn."""
    first = given.published(world, exclusive=exclusive_first)
    draft = beside(world, first, exclusive=not exclusive_first)
    refused(world, draft)
    withdraw_listing(first.pk, reason="Sold in another way.", by=world.actor("officer"))
    assert renewals.published(world, draft).state == "published"


def test_two_exclusive_offers_are_one_too_many(world: World) -> None:
    """Two buyers alone are not alone."""
    refused(world, beside(world, given.published(world, exclusive=True), exclusive=True))


def test_another_policy_is_no_way_around(world: World) -> None:
    """Another product of the same dataset is ruled out too, while the licence lasts."""
    exclusive = given.published(world, exclusive=True)
    order = given.accepted(world, given.placed(world, exclusive))
    withdraw_listing(exclusive.pk, reason="Sold.", by=world.actor("officer"))
    version = other_policy(world, exclusive)
    other = draft_listing(version.pk, offer=given.OFFER, by=world.actor("officer"))
    assert other.product_id != exclusive.product_id
    refused(world, given.assessed(world, other))
    assert Order.objects.get(pk=order.pk).state == "accepted"


def test_the_next_month_is_no_way_around(world: World) -> None:
    """Nor is a later version by the same policy."""
    exclusive = given.published(world, exclusive=True)
    given.placed(world, exclusive)
    source = exclusive.revision.version.parent
    assert source is not None
    again = masked(world, source, document=policy_document(source))
    in_force(world, again.dataset)
    refused(world, draft_listing(again.pk, offer=given.OFFER, by=world.actor("officer")))


def test_another_dataset_is_not_found(world: World) -> None:
    """Whoever registers the same rows as another dataset passes: the guide says so."""
    given.placed(world, given.published(world, exclusive=True))
    assert given.published(world).state == "published"


def test_a_licence_that_ran_out_rules_nothing_out(world: World) -> None:
    """Others are sold to then, and the licence is not prolonged beside them."""
    exclusive = given.published(world, exclusive=True)
    grant = delivery.granted(world, given.paid(world, given.placed(world, exclusive)))
    accept_delivery(mark_delivered(grant.order_id, by=given.SYSTEM).pk, by=world.actor("buyer"))
    withdraw_listing(exclusive.pk, reason="Sold.", by=world.actor("officer"))
    draft = beside(world, exclusive)
    refused(world, draft)
    sale = TakenSale.objects.get()
    assert sale.licensed_until == grant.expires_at
    waiting = amendments.proposed(world, Order.objects.get())
    with clock.stopped_at(grant.expires_at + timedelta(seconds=1)):
        assert not is_ruled_out(draft)
    amendments.in_force(world, waiting)
    sale.refresh_from_db()
    assert sale.licensed_until > grant.expires_at, "the act itself keeps it, and no reaction"
    with clock.stopped_at(grant.expires_at + timedelta(seconds=1)):
        assert is_ruled_out(draft)


def test_an_old_licence_is_not_prolonged_beside_a_new_one(world: World) -> None:
    """A seller that sold to others after the end promises the first buyer nothing more."""
    exclusive = given.published(world, exclusive=True)
    grant = delivery.granted(world, given.paid(world, given.placed(world, exclusive)))
    accept_delivery(mark_delivered(grant.order_id, by=given.SYSTEM).pk, by=world.actor("buyer"))
    withdraw_listing(exclusive.pk, reason="Sold.", by=world.actor("officer"))
    waiting = amendments.proposed(world, Order.objects.get())
    # The proofs of this short world do not last a year: its licence is over today.
    TakenSale.objects.update(licensed_until=clock.now() - timedelta(days=1))
    renewals.published(world, beside(world, exclusive))
    entries = Entry.objects.count()
    with pytest.raises(WrongState) as found:
        amendments.signed(world, waiting, "buyer")
    assert found.value.code == "exclusive-taken"
    assert Entry.objects.count() == entries


def test_acceptance_and_signature_ask_too(world: World) -> None:
    """Were a rival on the market against all rules, neither would bind anybody."""
    order = given.placed(world)
    rival = beside(world, order.listing)
    terms = replace(given.OFFER.terms, is_exclusive=True).as_json()
    made = {
        name: getattr(order.listing, name)
        for name in ("certificate", "risk_report", "appraisal", "sheet")
    }
    Listing.objects.filter(pk=rival.pk).update(state="published", terms=terms, **made)
    with pytest.raises(WrongState) as found:
        accept_order(order.pk, by=world.actor("officer"))
    assert found.value.code == "exclusive-taken"
    Listing.objects.filter(pk=rival.pk).update(state="draft")
    accept_order(order.pk, by=world.actor("officer"))
    Listing.objects.filter(pk=rival.pk).update(state="published")
    contract = Contract.objects.get()
    with pytest.raises(WrongState) as found:
        sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("buyer")
        )
    assert found.value.code == "exclusive-taken"
    assert Contract.objects.get().buyer_signed_at is None


# Free to some, paid by others.


def test_free_to_some_and_paid_by_others(world: World, page_of: PageClients) -> None:
    """Two clicks from an offer on the market; a second officer then decides on it as on any."""
    paid = given.published(world, sale=Sale(visibility="kinds", visible_kinds=("platform",)))
    officer = page_of("officer")
    address = reverse("listing_detail", args=[paid.pk])
    assert "Offer it to others too" in officer.get(address).content.decode()
    sent = officer.post(
        reverse("listing_offer_to_others", args=[paid.pk]), {"visible_kinds": ["company"]}
    )
    free = Listing.objects.exclude(pk=paid.pk).get()
    assert sent.headers["Location"] == reverse("listing_detail", args=[free.pk])
    assert officer.post(reverse("listing_submit", args=[free.pk])).status_code == 302
    publish_listing(free.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer"))
    free.refresh_from_db()
    assert (free.price_plan, free.kinds, free.delivery_mode) == (Free(), ("company",), "file")
    assert free.revision_id == paid.revision_id
    assert list(search_listings(MarketQuery(), by=world.actor("buyer")).rows) == [free]
    with pytest.raises(NotFound):
        given.placed(world, paid)
    assert given.placed(world, free).price == 0


def test_asked_again_it_is_the_same_draft(world: World) -> None:
    """And nobody is no audience."""
    listing, officer = given.published(world), world.actor("officer")
    draft = offer_to_others(listing.pk, visible_kinds=["government"], by=officer)
    entries = Entry.objects.count()
    again = offer_to_others(listing.pk, visible_kinds=["government"] * 2, by=officer)
    assert (again, Entry.objects.count()) == (draft, entries)
    with pytest.raises(Invalid) as found:
        offer_to_others(listing.pk, visible_kinds=[], by=officer)
    assert list(found.value.fields) == ["visible_kinds"]
    with pytest.raises(Invalid):
        offer_to_others(listing.pk, visible_kinds=["everybody"], by=officer)
    assert Entry.objects.count() == entries


def test_whoever_ordered_once_is_no_guest_for_ever(world: World) -> None:
    """They see what they ordered, and order no more of it than others who are not invited."""
    listing = renewals.by_invitation(world)
    given.placed(world, listing)
    guest = world.organization("buyer").pk
    take_invitation_back(listing.pk, organization_id=guest, by=world.actor("officer"))
    with pytest.raises(NotAllowed) as found:
        place_order(listing.pk, purpose="More.", request_key="two", by=world.actor("buyer"))
    assert found.value.code == "not-in-audience"
    assert Order.objects.count() == 1


# At once.


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_exclusive_and_ordinary_published_at_once() -> None:
    """One kind comes to the market, and never both."""
    world = World()
    first = beside(world, given.drafted(world))
    drafts = [first, beside(world, first, exclusive=True), beside(world, first, price=Decimal(7))]
    for draft in drafts:
        submit_listing(draft.pk, by=world.actor("officer"))
    reviewers = [world.actor(("reviewer", "second_reviewer")[number % 2]) for number in range(6)]
    answers = at_once(
        6,
        lambda number: publish_listing(
            drafts[number % 3].pk, checklist=given.LISTING_CHECKLIST, by=reviewers[number]
        ),
    )
    kinds = [one.is_exclusive for one in Listing.objects.filter(state="published")]
    assert kinds in ([True], [False], [False, False]), answers
    assert {type(one) for one in answers if isinstance(one, Refusal)} == {WrongState}


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_an_order_and_an_exclusive_successor_at_once() -> None:
    """Either somebody ordered and it stays, or nobody did and it is another's alone."""
    world = World()
    old = given.published(world)
    draft = renewals.successor(world, old, terms=given.offer(exclusive=True).terms)
    submit_listing(draft.pk, by=world.actor("officer"))
    buyers = [world.actor(("buyer", "stranger")[number % 2]) for number in range(6)]

    def one(number: int) -> object:
        if number == 0:
            by = world.actor("second_reviewer")
            return publish_listing(draft.pk, checklist=given.LISTING_CHECKLIST, by=by)
        return place_order(old.pk, purpose="Pricing.", request_key=f"{number}", by=buyers[number])

    at_once(6, one)
    is_published = Listing.objects.get(pk=draft.pk).state == "published"
    assert is_published != Order.objects.exists()


def test_terms_of_an_offer_that_is_chosen_begin_another(world: World, page_of: PageClients) -> None:
    """Without a choice those of the last are filled in; nothing is kept by looking."""
    first = given.published(world)
    terms = replace(given.OFFER.terms, restrictions="For nobody else's eyes.")
    draft = beside(world, first, terms=terms)
    last = renewals.published(world, draft)
    address = reverse("listing_draft", args=[first.revision.version_id])
    client, before = page_of("officer"), Listing.objects.count()
    shown = client.get(address)
    assert shown.context["form"]["restrictions"].value() == "For nobody else's eyes."
    assert [one.key for one in shown.context["formers"]] == [last.pk, first.pk]
    chosen = client.get(address, {"copy": str(first.pk)})
    assert chosen.context["form"]["restrictions"].value() == first.terms["restrictions"]
    assert client.get(address, {"copy": str(first.product_id)}).status_code == 404
    assert Listing.objects.count() == before
