"""Offer and counter-offer: turns, what is accepted, what runs out, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.binding import bound
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Metered, Once, Plan, Subscription, plan_of
from marketplace.trading.listings.plans.metered import Band
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import (
    Offered,
    cancel_order,
    counter_order,
    decline_order,
    expire_offers,
    place_order,
)
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

LESS = Once(amount=Decimal("11000.00"))


def counter(world: World, order: Order, person: str, *, plan: Plan = LESS, **terms: Any) -> Order:
    """Let a side make an offer against the latest."""
    latest = latest_proposal(order)
    assert latest is not None
    current = Order.objects.get(pk=order.pk)
    return counter_order(
        order.pk,
        offer=latest.digest,
        plan=plan,
        terms=replace(current.agreed_terms, **terms),
        message="For you.",
        by=world.actor(person),
    )


def latest(order: Order) -> str:
    """Return the digest of the latest offer."""
    found = latest_proposal(order)
    assert found is not None
    return found.digest


def test_an_offer_goes_to_and_fro_until_it_is_accepted(world: World) -> None:
    """Each side in its turn; the contract is drawn up from the last offer."""
    order = given.placed(world)
    order = counter(world, order, "officer", plan=LESS, licence_months=6)
    assert (order.state, order.price) == ("countered", Decimal("11000.00"))
    order = counter(world, order, "buyer", plan=Once(amount=Decimal("10500.00")))
    assert order.state == "placed"
    order = counter(world, order, "officer", plan=Once(amount=Decimal("10800.00")))
    accepted = accept_order(order.pk, offer=latest(order), by=world.actor("buyer"))
    assert accepted.state == "accepted"
    contract = Contract.objects.get()
    assert contract.agreed["plan"] == {"kind": "once", "price": "10800.00"}
    assert contract.agreed["terms"]["licence_months"] == 6
    assert "10,800.00" in contract.text
    kept = [(each.number, each.side, each.price) for each in Proposal.objects.all()]
    assert kept == [
        (1, "buyer", Decimal("12000.00")),
        (2, "seller", Decimal("11000.00")),
        (3, "buyer", Decimal("10500.00")),
        (4, "seller", Decimal("10800.00")),
    ]
    entries = Entry.objects.filter(kind="trading.offer_made").order_by("id")
    digests = [each.digest for each in Proposal.objects.filter(number__gt=1)]
    assert [entry.payload["offer_sha256"] for entry in entries] == digests


def with_offer(
    world: World,
    *,
    key: str = "k",
    plan: Plan = LESS,
    message: str = "Two years.",
    **terms: Any,
) -> Order:
    """Let the buyer order at terms of their own."""
    listing = Listing.objects.filter(state="published").first() or given.published(world)
    wanted = replace(Terms.from_json(listing.terms), **terms)
    return place_order(
        listing.pk,
        purpose=given.PURPOSE,
        request_key=key,
        offer=Offered(plan, wanted, message),
        by=world.actor("buyer"),
    )


def test_the_buyer_offers_with_the_order(world: World, page_of: PageClients) -> None:
    """The seller sees each difference to what is listed, and the contract is of what they take."""
    order = with_offer(world, licence_months=24)
    assert (order.state, order.price) == ("placed", Decimal("11000.00"))
    page = page_of("officer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "24 months" in page[page.index('id="offers"') :]
    assert "Two years." in page
    accept_order(order.pk, offer=latest(order), by=world.actor("officer"))
    contract = Contract.objects.get()
    assert contract.agreed["plan"] == {"kind": "once", "price": "11000.00"}
    assert contract.agreed["terms"]["licence_months"] == 24


def test_whoever_names_no_offer_takes_none_but_the_listed(world: World) -> None:
    """A seller's program that accepts whatever is ordered is not sold out for a cent."""
    order = with_offer(world, plan=Once(amount=Decimal("0.01")))
    with pytest.raises(Invalid) as refused:
        accept_order(order.pk, by=world.actor("officer"))
    assert refused.value.code == "offer-unnamed"
    assert not Contract.objects.exists()
    assert Order.objects.get(pk=order.pk).state == "placed"


def test_what_cannot_stand_is_not_offered_with_an_order(world: World) -> None:
    """Nothing changed, another kind of plan, columns that are not there: no order is placed."""
    listing = given.published(world)
    for plan, changed, code in (
        (listing.price_plan, {}, "offer-unchanged"),
        (LESS, {"columns": ("no_such_column",)}, ""),
        (LESS, {"licence_months": 0}, ""),
    ):
        with pytest.raises(Invalid) as refused:
            with_offer(world, plan=plan, **changed)
        assert not code or refused.value.code == code
    assert not Order.objects.exists()
    assert not Proposal.objects.exists()
    exclusive = with_offer(world, is_exclusive=True)
    assert not exclusive.agreed_terms.is_exclusive


def test_the_same_key_is_the_same_offer(world: World) -> None:
    """And no other one, nor an order of what is listed."""
    order = with_offer(world)
    assert with_offer(world) == order
    for other in ({"plan": Once(amount=Decimal("9000.00"))}, {"message": "Or else."}):
        with pytest.raises(Invalid) as refused:
            with_offer(world, **other)
        assert refused.value.code == "request-key-reused"
    with pytest.raises(Invalid) as refused:
        place_order(
            order.listing_id, purpose=given.PURPOSE, request_key="k", by=world.actor("buyer")
        )
    assert refused.value.code == "request-key-reused"
    assert Order.objects.count() == 1


def test_page_and_api_take_an_offer_with_the_order(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The page begins with what is listed; what is left out of the API is as listed."""
    listing = given.published(world)
    address = reverse("order_offer", args=[listing.pk])
    form = page_of("buyer").get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"wanted_for": given.PURPOSE, "price": "10000.00"}
    assert page_of("buyer").post(address, sent).status_code == 302
    assert Order.objects.get().price == Decimal("10000.00")
    unchanged = page_of("buyer").post(address, sent | {"price": "12000.00", "request_key": "n"})
    assert unchanged.status_code == 422
    answer = api_of("buyer").post(
        reverse("api_place_order", args=[listing.pk]),
        {
            "purpose": given.PURPOSE,
            "request_key": "by-api",
            "plan": {"kind": "once", "price": "9000.00"},
        },
    )
    assert answer.status_code == 201, answer.content
    assert answer.json()["price"] == "9000.00"
    assert answer.json()["terms"] == listing.terms


def test_only_the_latest_offer_is_accepted(world: World) -> None:
    """An earlier one, another's, and none where there are several: nothing is accepted."""
    order = given.placed(world)
    first = latest(order)
    order = counter(world, order, "officer")
    buyer = world.actor("buyer")
    for offer in (first, "0" * 64):
        with pytest.raises(WrongState) as refused:
            accept_order(order.pk, offer=offer, by=buyer)
        assert refused.value.code == "offer-outdated"
    with pytest.raises(Invalid) as unnamed:
        accept_order(order.pk, by=buyer)
    assert unnamed.value.code == "offer-unnamed"
    assert not Contract.objects.exists()


def test_each_side_waits_for_its_turn(world: World) -> None:
    """Nobody accepts, declines or outbids their own offer; strangers to it do nothing."""
    order = given.placed(world)
    with pytest.raises(NotAllowed):
        accept_order(order.pk, by=world.actor("buyer"))
    with pytest.raises(NotAllowed):
        decline_order(order.pk, reason="No.", by=world.actor("buyer"))
    with pytest.raises(NotAllowed):
        counter(world, order, "auditor")
    with pytest.raises(WrongState):
        counter(world, order, "buyer")
    counter(world, order, "officer")
    with pytest.raises(NotAllowed):
        accept_order(order.pk, offer=latest(order), by=world.actor("officer"))
    with pytest.raises(WrongState):
        counter(world, order, "officer", plan=Once(amount=Decimal("9000.00")))
    assert given.declined(world, order, by="buyer").state == "declined"
    assert Entry.objects.get(kind="trading.order_declined").payload == {
        "side": "buyer",
        "bound": bound(Order.objects.get(pk=order.pk)),
    }


def test_an_offer_answers_what_was_seen(world: World) -> None:
    """Two officers at once: the second answers an offer that is not the latest any more."""
    order = given.placed(world)
    seen, terms = latest(order), order.agreed_terms
    counter(world, order, "officer")
    counter(world, order, "buyer", plan=Once(amount=Decimal("10000.00")))
    with pytest.raises(WrongState) as refused:
        counter_order(order.pk, offer=seen, plan=LESS, terms=terms, by=world.actor("colleague"))
    assert refused.value.code == "offer-outdated"


def test_what_cannot_be_offered(world: World) -> None:
    """Nothing new, a price or terms that cannot stand, a long message; nothing is kept."""
    order = given.placed(world)
    terms, by = order.agreed_terms, world.actor("officer")
    offer = latest(order)
    wrong: list[dict[str, Any]] = [
        {"plan": order.agreed_plan, "terms": terms},
        {"plan": Once(amount=Decimal("-1")), "terms": terms},
        {"plan": Once(amount=Decimal("NaN")), "terms": terms},
        {"plan": LESS, "terms": replace(terms, licence_months=0)},
        {"plan": LESS, "terms": replace(terms, purpose=" ")},
        {"plan": LESS, "terms": terms, "message": "x" * 1001},
        {"plan": Once(amount=Decimal(9), tier="s", rows=2), "terms": terms},
        {
            "plan": plan_of(
                {
                    "kind": "menu",
                    "tiers": [
                        {"code": "s", "label": "Small", "rows": 1, "price": "1.00"},
                        {"code": "l", "label": "Large", "rows": 4, "price": "2.00"},
                    ],
                }
            ),
            "terms": terms,
        },
    ]
    for each in wrong:
        with pytest.raises(Invalid):
            counter_order(order.pk, offer=offer, by=by, **each)
    assert Proposal.objects.count() == 1
    assert Order.objects.get().state == "placed"


def test_other_plans_can_be_offered_and_exclusivity_stays(world: World) -> None:
    """A subscription or a price by use instead; whether it is exclusive is the listing's."""
    order = given.placed(world)
    plan = Subscription(amount=Decimal("1000.00"), period_months=1, periods=12)
    order = counter(world, order, "officer", plan=plan, is_exclusive=True)
    assert order.agreed_plan == plan
    assert not order.agreed_terms.is_exclusive
    metered = Metered(
        unit="row", bands=(Band(0, Decimal("0.01")),), base=Decimal("0.00"), cap=Decimal("900")
    )
    if not metered.problems():
        order = counter(world, order, "buyer", plan=metered)
        assert order.agreed_plan == metered


def test_an_unanswered_offer_runs_out(world: World) -> None:
    """After its working days the order ends, both sides are told, and an exclusive is free."""
    listing = given.published(world, exclusive=True)
    order = counter(world, given.placed(world, listing), "officer")
    assert order.answer_due_on is not None
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert expire_offers(by=given.SYSTEM) == [order.pk]
        assert expire_offers(by=given.SYSTEM) == []
        with pytest.raises(NotAllowed):
            accept_order(order.pk, offer=latest(order), by=world.actor("buyer"))
        with pytest.raises(WrongState):
            accept_order(order.pk, offer=latest(order), by=world.actor("officer"))
    assert Order.objects.get().state == "expired"
    with pytest.raises(NotAllowed):
        expire_offers(by=world.actor("administrator"))
    catch_up()
    told = {notice.person_id for notice in Notice.objects.filter(kind="offer_expired")}
    assert told >= {world.person("buyer").pk, world.person("officer").pk}
    assert given.placed(world, listing, by="stranger").state == "placed"


def test_an_offer_is_withdrawn_by_cancelling(world: World) -> None:
    """By the buyer at any time before signing; by the seller while its offer stands."""
    order = counter(world, given.placed(world), "officer")
    assert cancel_order(order.pk, by=world.actor("officer")).state == "cancelled"


def test_the_pages_show_each_difference(world: World, page_of: PageClients) -> None:
    """Old and new beside each other; the buyer accepts what stands there by one button."""
    order = given.placed(world)
    form = page_of("officer").get(reverse("order_counter", args=[order.pk])).content.decode()
    assert 'value="12000.00"' in form
    assert "is_exclusive" not in form
    assert "()" not in form
    counter(world, order, "officer", licence_months=6)
    page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "<del>12 months from the delivery</del>" in page
    assert "<ins>6 months from the delivery</ins>" in page
    assert f'name="offer" value="{latest(order)}"' in page
    waiting = page_of("officer").get(reverse("order_counter", args=[order.pk])).content.decode()
    assert "It is not your turn" in waiting
    sent = page_of("buyer").post(reverse("order_accept", args=[order.pk]), {"offer": latest(order)})
    assert sent.status_code == 302
    assert Order.objects.get().state == "accepted"


def test_the_other_side_is_told(world: World) -> None:
    """Of a counter-offer the buyer; of its acceptance the seller."""
    order = counter(world, given.placed(world), "officer")
    accept_order(order.pk, offer=latest(order), by=world.actor("buyer"))
    catch_up()
    told = set(Notice.objects.values_list("kind", "person__email"))
    assert ("offer_made", "buyer@example.org") in told
    assert ("offer_accepted", "officer@example.org") in told


def test_offers_only_grow(world: World) -> None:
    """The database itself refuses a change."""
    given.placed(world)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_proposal SET message = 'x'")
