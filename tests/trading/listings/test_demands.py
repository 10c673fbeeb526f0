"""The demand board: who asks, who reads, who answers, and how a request ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.selectors import answers_visible_to, demands_visible_to
from marketplace.trading.listings.demand.services import (
    answer_demand,
    close_demand,
    expire_demands,
    post_demand,
)
from tests.conftest import PageClients
from tests.given import demands as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.world import World


def test_a_request_key_makes_one_request(world: World) -> None:
    """The same again answers the first; another request under it is refused."""
    by, key = world.actor("buyer"), str(uuid4())
    first = post_demand(wish=given.wish(), request_key=key, by=by)
    assert post_demand(wish=given.wish(), request_key=key, by=by) == first
    assert Entry.objects.filter(kind="trading.demand_posted").count() == 1
    with pytest.raises(Invalid) as refused:
        post_demand(wish=replace(given.wish(), title="Other data"), request_key=key, by=by)
    assert refused.value.code == "request-key-reused"


def test_what_a_request_needs(world: World) -> None:
    """Each part that cannot stand is told at its field, and nothing is posted."""
    today = clock.today()
    wrong = [
        (replace(given.wish(), title=" "), "title"),
        (replace(given.wish(), wanted="x" * 2001), "wanted"),
        (replace(given.wish(), purpose=""), "purpose"),
        (replace(given.wish(), budget_from=Decimal("-1")), "budget_from"),
        (replace(given.wish(), budget_to=Decimal("1.001")), "budget_to"),
        (replace(given.wish(), budget_to=Decimal("NaN")), "budget_to"),
        (replace(given.wish(), budget_from=Decimal(9), budget_to=Decimal(8)), "budget_to"),
        (replace(given.wish(), open_until=today - timedelta(days=1)), "open_until"),
        (replace(given.wish(), open_until=today + timedelta(days=400)), "open_until"),
    ]
    for wish, field in wrong:
        with pytest.raises(Invalid) as refused:
            post_demand(wish=wish, request_key="a-key", by=world.actor("buyer"))
        assert list(refused.value.fields) == [field]
    for person in ("officer", "auditor", "reviewer", "pending"):
        with pytest.raises(NotAllowed):
            post_demand(wish=given.wish(), request_key="a-key", by=world.actor(person))
    assert not Demand.objects.exists()


def test_who_reads_requests_and_answers(world: World) -> None:
    """Open ones every officer; answers only the buyer, the centre and who answered."""
    demand = given.posted(world)
    for person in ("buyer", "second_buyer", "officer", "stranger", "reviewer", "auditor"):
        assert demands_visible_to(world.actor(person)).exists(), person
    for person in ("finance", "pending"):
        assert not demands_visible_to(world.actor(person)).exists(), person
    answer_demand(demand.pk, message="We could deliver it.", by=world.actor("officer"))
    seen = {
        person: answers_visible_to(world.actor(person)).filter(demand=demand).count()
        for person in ("buyer", "officer", "colleague", "reviewer", "stranger")
    }
    assert seen == {"buyer": 1, "officer": 1, "colleague": 1, "reviewer": 1, "stranger": 0}
    close_demand(demand.pk, by=world.actor("buyer"))
    assert not demands_visible_to(world.actor("stranger")).exists()
    assert demands_visible_to(world.actor("officer")).exists()


def test_an_answer_names_a_listing_of_ones_own_or_says_something(world: World) -> None:
    """Another's listing, one off the market, and an empty answer are refused."""
    listing = trading.published(world)
    demand = given.posted(world)
    with pytest.raises(Invalid):
        answer_demand(demand.pk, by=world.actor("officer"))
    with pytest.raises(Invalid):
        answer_demand(demand.pk, message="x" * 1001, by=world.actor("officer"))
    with pytest.raises(NotFound):
        answer_demand(demand.pk, listing=uuid4(), by=world.actor("officer"))
    asked = given.posted(world, by="second_buyer")
    with pytest.raises(Invalid) as refused:
        answer_demand(asked.pk, listing=listing.pk, by=world.actor("stranger"))
    assert list(refused.value.fields) == ["listing"]
    for _time in range(2):
        answer_demand(demand.pk, listing=listing.pk, by=world.actor("officer"))
    assert DemandAnswer.objects.count() == 1
    assert Entry.objects.filter(kind="trading.demand_answered").count() == 1


def test_nobody_answers_their_own_request(world: World) -> None:
    """The stranger is buyer and officer of one company."""
    demand = given.posted(world, by="stranger")
    with pytest.raises(NotAllowed):
        answer_demand(demand.pk, message="Ours.", by=world.actor("stranger"))


def test_a_request_runs_out(world: World) -> None:
    """After its last day nobody answers it, and the loop ends it once."""
    demand = given.posted(world)
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        with pytest.raises(WrongState):
            answer_demand(demand.pk, message="We could.", by=world.actor("officer"))
        assert expire_demands(by=trading.SYSTEM) == [demand.pk]
        assert expire_demands(by=trading.SYSTEM) == []
        with pytest.raises(WrongState):
            close_demand(demand.pk, by=world.actor("buyer"))
    assert Demand.objects.get().state == "expired"
    with pytest.raises(NotAllowed):
        expire_demands(by=world.actor("administrator"))


def test_the_buyer_is_told_of_an_answer(world: World) -> None:
    """By a notice that leads to the request."""
    demand = given.posted(world)
    answer_demand(demand.pk, message="We could.", by=world.actor("officer"))
    catch_up()
    notices = Notice.objects.filter(kind="demand_answered")
    assert {notice.person_id for notice in notices} >= {world.person("buyer").pk}


def test_the_pages_show_the_board(world: World, page_of: PageClients) -> None:
    """Empty, with a request, with an answer, and closed."""
    board = reverse("demand_list")
    assert "There is no request yet." in page_of("officer").get(board).content.decode()
    demand = given.posted(world)
    address = reverse("demand_detail", args=[demand.pk])
    assert demand.title in page_of("officer").get(board).content.decode()
    assert "Send the answer" in page_of("officer").get(address).content.decode()
    page_of("officer").post(
        reverse("demand_answer", args=[demand.pk]), {"listing": "", "message": "By May."}
    )
    assert "By May." in page_of("buyer").get(address).content.decode()
    assert "By May." not in page_of("stranger").get(address).content.decode()
    refused = page_of("officer").post(reverse("demand_answer", args=[demand.pk]), {"message": ""})
    assert refused.status_code == 422
    close_demand(demand.pk, by=world.actor("buyer"))
    assert "Send the answer" not in page_of("officer").get(address).content.decode()
