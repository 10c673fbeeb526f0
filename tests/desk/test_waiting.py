"""Whoever has to do something finds it on their desk, and nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from marketplace.desk.selectors.waiting import WAITING, own_paths, tasks_of
from marketplace.trading.orders.dispute.services import answer_settlement
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import PageClients
from tests.given import (
    amendments,
    ceilings,
    copies,
    disputes,
    income_shares,
    money,
    recalls,
    remedies,
)
from tests.given import trading as given
from tests.given.world import World

PEOPLE = ("officer", "buyer", "reviewer", "second_reviewer", "treasurer", "stranger", "auditor")


def settled_by_buyer(world: World) -> None:
    """Let one of the two sides agree to a settlement."""
    answer_settlement(disputes.proposed(world).pk, is_agreed=True, by=world.actor("buyer"))


def over(world: World) -> None:
    """End a contract before it is paid."""
    terminate_contract(given.signed(world).pk, reason="No.", by=world.actor("buyer"))


STATE_BANK_ACCOUNT = "State your organization's bank account"

CASES: dict[str, tuple[Callable[[World], object], dict[str, set[str]]]] = {
    "placed": (given.placed, {"officer": {"Accept or decline an order"}}),
    "accepted": (given.accepted, {"officer": {"Sign a contract"}, "buyer": {"Sign a contract"}}),
    "signed by the seller": (given.signed_by_seller, {"buyer": {"Sign a contract"}}),
    "signed": (given.signed, {"buyer": {"Pay an amount"}, "treasurer": {"Record a payment"}}),
    "paid": (given.paid, {"buyer": {"Receive a delivery"}}),
    "delivered": (given.delivered, {"buyer": {"Accept a delivery"}}),
    "objected": (
        remedies.objected,
        {"buyer": {"Accept a delivery"}, "officer": {"Answer an objection"}},
    ),
    "answered": (
        remedies.offered,
        {"buyer": {"Accept a delivery", "Answer what the seller offers"}},
    ),
    "answer declined": (
        remedies.declined,
        {"buyer": {"Accept a delivery"}, "officer": {"Answer an objection"}},
    ),
    "disputed": (
        disputes.opened,
        {
            "reviewer": {"Mediate or decide a dispute"},
            "second_reviewer": {"Mediate or decide a dispute"},
        },
    ),
    "settlement": (
        disputes.proposed,
        {
            "officer": {"Answer a proposed settlement"},
            "buyer": {"Answer a proposed settlement"},
            "second_reviewer": {"Mediate or decide a dispute"},
        },
    ),
    "settlement, one agreed": (
        settled_by_buyer,
        {
            "officer": {"Answer a proposed settlement"},
            "second_reviewer": {"Mediate or decide a dispute"},
        },
    ),
    "unallocated": (money.unallocated, {"treasurer": {"Allocate or return a payment"}}),
    "refund proposed": (
        money.proposed_refund,
        {
            "buyer": {"Receive a delivery"},
            "reviewer": {"Decide on outgoing money"},
            "second_reviewer": {"Decide on outgoing money"},
        },
    ),
    "amended": (
        amendments.proposed,
        {
            "officer": {"Sign or decline an amendment", STATE_BANK_ACCOUNT},
            "buyer": {"Sign or decline an amendment"},
        },
    ),
    "share of income": (income_shares.proposed, {"stranger": {"Answer a share of income"}}),
    "over": (over, {}),
    "found": (
        recalls.reported,
        {
            "reviewer": {"Examine a report that a person was found"},
            "second_reviewer": {"Examine a report that a person was found"},
        },
    ),
    "recalled": (
        recalls.recalled,
        {
            "buyer": {"State that data is deleted", STATE_BANK_ACCOUNT},
            "officer": {"A buyer owes a statement of deletion"},
        },
    ),
    "deleted": (recalls.stated, {"buyer": {STATE_BANK_ACCOUNT}}),
    "to be paid out": (
        money.seller_account,
        {"treasurer": {"Allocate or return a payment", "Pay out what an organization has"}},
    ),
    "bank account tried": (
        money.tried_account,
        {"treasurer": {"Allocate or return a payment", "Prove an organization's bank account"}},
    ),
    "bank account proved": (
        money.proved_account,
        {
            "officer": {"Confirm your organization's bank account"},
            "treasurer": {"Allocate or return a payment"},
        },
    ),
    "copy broken": (
        copies.broken,
        {
            "buyer": {"Receive a delivery"},
            "officer": {"Have a buyer's copy written again"},
            "reviewer": {"Have a buyer's copy written again"},
            "second_reviewer": {"Have a buyer's copy written again"},
        },
    ),
    "ceiling": (ceilings.drafted, {"officer": {"Submit a price ceiling"}}),
}
TRADED = {str(waiting.what) for waiting in WAITING}


def seen(world: World, person: str) -> set[str]:
    """Return what of the table waits for somebody, whoever's next step it is in a dataset's way."""
    by = world.actor(person)
    return {str(task.what) for task in tasks_of(by, own_paths(by).unfinished)} & TRADED


@pytest.mark.parametrize("state", CASES)
def test_what_waits_is_on_the_desk_of_whom_it_waits_for(state: str, world: World) -> None:
    """And of nobody else."""
    reach, expected = CASES[state]
    reach(world)
    found = {person: seen(world, person) for person in PEOPLE}
    assert {person: what for person, what in found.items() if what} == expected


def test_the_last_day_is_told_and_comes_first(world: World, page_of: PageClients) -> None:
    """A day by which something is to be done stands beside it, the earliest first."""
    order = given.signed(world)
    given.placed(world, order.listing)
    tasks = tasks_of(world.actor("buyer"), [])
    days = [task.due_on for task in tasks if task.due_on is not None]
    assert days == sorted(days)
    assert tasks[0].due_on is not None
    page = page_of("buyer").get(reverse("desk")).content.decode()
    assert "Pay an amount" in page
    day = date_format(tasks[0].due_on, "SHORT_DATE_FORMAT")
    assert f"by {day}" in page


@pytest.mark.parametrize("person", ["officer", "buyer", "reviewer", "treasurer"])
def test_one_query_asks_which_kinds_have_a_row(person: str, world: World) -> None:
    """Of most kinds nothing waits: a desk that is empty asks next to nothing."""
    with CaptureQueriesContext(connection) as asked:
        assert tasks_of(world.actor(person), []) == []
    assert len(asked) <= 5


@pytest.mark.parametrize(
    ("reach", "person"),
    [
        (lambda world, order: order, "officer"),
        (given.accepted, "officer"),
        (given.accepted, "buyer"),
        (given.signed, "buyer"),
        (given.signed, "treasurer"),
        (given.delivered, "buyer"),
        (lambda world, order: disputes.opened(world, given.delivered(world, order)), "reviewer"),
    ],
    ids=["placed", "to sign", "to sign too", "to pay", "to record", "to accept", "to mediate"],
)
def test_a_desk_asks_as_often_however_much_waits(
    reach: Callable[[World, Order], object], person: str, world: World
) -> None:
    """The rows of a kind come at once, with all that their rules read."""
    first = given.placed(world)
    reach(world, first)
    by = world.actor(person)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            tasks_of(by, [])
        return len(asked)

    def waits() -> int:
        return sum(task.count for task in tasks_of(by, []))

    waited, before = waits(), statements()
    assert waited
    reach(world, given.placed(world, first.listing))
    assert waits() == 2 * waited
    assert statements() == before
