"""What page and API offer of a decision is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from marketplace.accounting.models import CostEntry, CostKind, Recognition
from marketplace.accounting.rules import (
    ACTS_ON_COST,
    ACTS_ON_RECOGNITION,
    acts_on_books,
    acts_on_cost,
    acts_on_recognition,
)
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    record_cost,
    record_impairment,
    reverse_cost,
)
from marketplace.core.actor import Actor
from tests.conftest import ApiClients
from tests.given import accounting as given
from tests.given.catalog import draft_dataset
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("finance", "officer", "reviewer", "stranger")
WHY = "For a reason."


def tried(recognition: Recognition, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a decision can offer."""
    pk = recognition.pk
    more = {
        "propose_recognition": accepts(
            lambda: propose_recognition(
                recognition.dataset_id,
                profile="CAS",
                purpose="own_use",
                origin="bought",
                answers=given.answers(),
                ready_on=given.READY,
                life_months=given.LIFE,
                by=by,
            )
        ),
        "approve_recognition": accepts(
            lambda: approve_recognition(pk, checklist=given.CHECKLIST, by=by)
        ),
        "record_impairment": accepts(
            lambda: record_impairment(
                pk, tested_on=given.READY, recoverable=Decimal(1), voucher=uuid4().hex, by=by
            )
        ),
    }
    return accepted_acts(ACTS_ON_RECOGNITION, pk, by, more)


def outdated(world: World) -> Recognition:
    """Record a voucher after a decision was submitted."""
    recognition = given.proposed(world)
    record_cost(
        recognition.dataset_id,
        kind=CostKind.PROCESSING,
        incurred_on=date(2026, 2, 2),
        amount=Decimal("5.00"),
        voucher="V-9",
        by=world.actor("finance"),
    )
    return recognition


def withdrawn_and_proposed(world: World) -> Recognition:
    """Return a decision that was taken back, while another one waits."""
    recognition = given.withdrawn(world)
    given.proposed(world, recognition.dataset)
    return recognition


STATES: dict[str, Callable[[World], Recognition]] = {
    "proposed": given.proposed,
    "outdated": outdated,
    "booked": given.booked,
    "returned": given.returned,
    "withdrawn": given.withdrawn,
    "withdrawn-and-proposed": withdrawn_and_proposed,
}


@pytest.mark.parametrize("state", STATES)
def test_a_decision_offers_what_is_accepted(state: str, world: World) -> None:
    """To who keeps the books, to the second person and to nobody else."""
    pk = STATES[state](world).pk
    for person in PEOPLE:
        by, recognition = world.actor(person), Recognition.objects.get(pk=pk)
        assert dict(acts_on_recognition(recognition, by)) == tried(recognition, by), person


def test_the_api_says_why_an_outdated_decision_is_not_approved(
    world: World, api_of: ApiClients
) -> None:
    """With the code and the sentence of the refusal."""
    address = reverse("api_get_recognition", args=[outdated(world).pk])
    acts = api_of("reviewer").get(address).json()["acts"]
    assert acts["approve_recognition"]["code"] == "vouchers-changed"
    assert acts["return_recognition"] == {"allowed": True}


def recorded(world: World) -> CostEntry:
    """Record what a dataset has cost."""
    return given_cost(draft_dataset(world).pk, world.actor("finance"))


def given_cost(dataset_id: UUID, by: Actor) -> CostEntry:
    """Record an amount of a voucher."""
    return record_cost(
        dataset_id,
        kind=CostKind.PROCESSING,
        incurred_on=date(2026, 2, 2),
        amount=Decimal("5.00"),
        voucher=uuid4().hex,
        by=by,
    )


def reversed_cost(world: World) -> CostEntry:
    """Return a cost that was taken back."""
    entry = recorded(world)
    reverse_cost(entry.pk, by=world.actor("finance"))
    return entry


def reversal(world: World) -> CostEntry:
    """Return what takes a cost back."""
    return reverse_cost(recorded(world).pk, by=world.actor("finance"))


COSTS: dict[str, Callable[[World], CostEntry]] = {
    "recorded": recorded,
    "reversed": reversed_cost,
    "reversal": reversal,
}


@pytest.mark.parametrize("state", COSTS)
def test_a_cost_offers_what_is_accepted(state: str, world: World) -> None:
    """To who keeps the books."""
    pk = COSTS[state](world).pk
    for person in PEOPLE:
        by, entry = world.actor(person), CostEntry.objects.get(pk=pk)
        assert dict(acts_on_cost(entry, by)) == accepted_acts(ACTS_ON_COST, pk, by), person
        expected = accepts_cost(entry.dataset_id, by)
        assert acts_on_books(entry.dataset, by)["record_cost"] == expected, person


def accepts_cost(dataset_id: UUID, by: Actor) -> bool:
    """Try to record a cost."""
    return accepts(lambda: given_cost(dataset_id, by))
