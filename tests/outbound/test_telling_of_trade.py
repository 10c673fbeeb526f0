"""Both sides of an order are told at their webhooks what becomes of it, and nobody else is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.message.models import Message
from marketplace.pipeline import webhooks
from marketplace.trading.orders.settlement.models import Charge
from tests.architecture.test_house import ROOT
from tests.conftest import ApiClients
from tests.given import amendments, delivery, disputes, recalls
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.receivers import registered
from tests.given.world import World

SAYS = {
    *("side", "order", "number", "listing", "fact", "state", "page", "dispute"),
    *("contract_sha256", "is_concluded", "amount", "still_open", "currency", "due_on"),
    *("reference", "outcome", "refunded", "owed", "deletion_due_on"),
}
"""All that a message says of an order: nothing of a person, and no row of data."""


@pytest.fixture
def told(world: World) -> Iterator[Any]:
    """Let all listen to everything; return what the organization of a person is told of a kind."""
    for person in ("buyer", "officer", "stranger"):
        address = f"https://{person}.example.org/"
        registered(world, person, address=address, events=tuple(Event.values))

    def of(person: str, kind: str) -> list[dict[str, Any]]:
        organization = world.organization(person)
        rows = Message.objects.filter(endpoint__organization=organization, event=kind)
        bodies = [json.loads(row.body) for row in rows.order_by("happened_at", "created_at")]
        return [body["data"] for body in bodies]

    yield of
    stranger = world.organization("stranger")
    assert not Message.objects.filter(endpoint__organization=stranger).exists()
    for message in Message.objects.all():
        data = json.loads(message.body)["data"]
        assert "fact" not in data or set(data) <= SAYS, data
        assert "@" not in message.body


def facts(messages: list[dict[str, Any]]) -> list[str]:
    """Return of which facts messages tell."""
    return [one["fact"].removeprefix("trading.") for one in messages]


def test_an_order_from_placing_to_acceptance(told: Any, world: World) -> None:
    """Both sides hear of each step; what is owed is told to whoever owes it."""
    order = given.completed(world)
    catch_up()
    for person, side in (("buyer", "buyer"), ("officer", "seller")):
        steps = told(person, "order.changed")
        assert facts(steps) == [
            *("order_placed", "order_accepted", "order_delivered", "order_completed"),
        ]
        assert {(one["side"], one["order"], one["number"]) for one in steps} == {
            (side, str(order.pk), order.number)
        }
        assert steps[0]["page"].endswith(reverse("order_detail", args=[order.pk]))
        signed = told(person, "contract.changed")
        assert facts(signed) == ["contract_signed", "contract_signed"]
        assert [one["is_concluded"] for one in signed] == [False, True]
        assert len({one["contract_sha256"] for one in signed}) == 1
    owed = told("buyer", "amount.changed")
    assert facts(owed) == ["charge_opened", "payment_held"]
    charge = Charge.objects.get(order=order)
    assert (owed[0]["amount"], owed[0]["currency"]) == (str(charge.amount), order.currency)
    assert facts(told("officer", "amount.changed")) == ["payment_held"]


def test_a_contract_that_is_changed(told: Any, world: World) -> None:
    """By an amendment that both sign."""
    order = given.paid(world)
    amendments.in_force(world, amendments.proposed(world, order))
    catch_up()
    assert facts(told("officer", "contract.changed"))[2:] == [
        *("amendment_proposed", "amendment_signed", "amendment_signed"),
    ]


def test_a_dispute_is_told_to_both(told: Any, world: World) -> None:
    """With its id, by which a program reads it; what was said in it stands there alone."""
    dispute = disputes.settled(world)
    catch_up()
    for person in ("buyer", "officer"):
        steps = told(person, "dispute.changed")
        assert facts(steps)[:2] == ["dispute_opened", "settlement_proposed"]
        assert facts(steps)[-1] == "dispute_ended"
        assert {one["dispute"] for one in steps} == {str(dispute.pk)}


def test_a_recall_is_told_to_both(told: Any, world: World) -> None:
    """With what goes back, and until when the rows are deleted."""
    order = recalls.recalled(world)
    catch_up()
    for person in ("buyer", "officer"):
        (recalled,) = told(person, "order.recalled")
        assert recalled["order"] == str(order.pk)
        assert recalled["outcome"] == order.state
        assert recalled["currency"] == order.currency
        assert "deletion_due_on" in recalled


def test_one_table_declares_the_kinds(api_of: ApiClients) -> None:
    """Each kind that may be chosen has its row there, and in the guide of each language."""
    assert sorted(row.event.value for row in webhooks.ROWS) == sorted(Event.values)
    for guide in ("docs/how-to", "docs/how-to/zh"):
        text = (ROOT / guide / "receive-webhooks.md").read_text(encoding="utf-8")
        rows = [line for line in text.splitlines() if line.startswith("| `")]
        named = {kind for kind in Event.values if any(f"`{kind}`" in row for row in rows)}
        assert named == set(Event.values), guide
        for fact in {one for row in webhooks.ROWS[-5:] for one in row.facts}:
            assert f"`{fact.kind.removeprefix('trading.')}`" in text, (guide, fact.kind)


def test_who_listens_to_deliveries_hears_nothing_else(world: World) -> None:
    """What was chosen before stays what is told."""
    registered(world, "buyer")
    delivery.granted(world)
    catch_up()
    assert {row.event for row in Message.objects.all()} == {"delivery.ready"}
