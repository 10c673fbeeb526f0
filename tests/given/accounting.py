"""Costs and bookings in each state, reached by acts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.accounting.models import CostKind, Recognition
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    record_cost,
    return_recognition,
    withdraw_recognition,
)
from marketplace.accounting.standards.profiles import profile_named
from marketplace.accounting.standards.questions import questions_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.review.checklists import CHECKLISTS
from tests.given.catalog import draft_dataset
from tests.given.shelf import kept
from tests.given.world import World

CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["booking"])
READY = date(2026, 3, 1)
LIFE = 36
VOUCHERS = (
    (CostKind.PROCESSING, "900.00", "V-1"),
    (CostKind.ATTESTATION, "180.00", "V-2"),
    (CostKind.RESEARCH, "70.00", "V-3"),
)


def answers(*, origin: str = "bought", profile: str = "cas", **changes: Any) -> dict[str, Any]:
    """Return yes and evidence for every question of a standard, with changes by question."""
    asked = questions_of(profile_named(profile), is_developed=origin == "self_developed")
    met = {
        question.code: {"met": True, "evidence": f"File {number}"}
        for number, question in enumerate(asked, start=1)
    }
    return met | changes


@kept
def costed(world: World, dataset: Dataset | None = None) -> Dataset:
    """Return a dataset with vouchers: 1,080 to be capitalized and 70 to be expensed."""
    dataset = dataset or draft_dataset(world)
    for kind, amount, voucher in VOUCHERS:
        record_cost(
            dataset.pk,
            kind=kind,
            incurred_on=date(2026, 2, 1),
            amount=Decimal(amount),
            voucher=voucher,
            by=world.actor("finance"),
        )
    return dataset


@kept
def proposed(world: World, dataset: Dataset | None = None, **changes: Any) -> Recognition:
    """Decide what a dataset is booked as."""
    sent: dict[str, Any] = {
        "profile": "CAS",
        "purpose": "own_use",
        "origin": "bought",
        "answers": answers(),
        "ready_on": READY,
        "life_months": LIFE,
    }
    dataset = dataset or costed(world)
    return propose_recognition(dataset.pk, **(sent | changes), by=world.actor("finance"))


@kept
def booked(world: World, dataset: Dataset | None = None, **changes: Any) -> Recognition:
    """Let the second person approve a decision."""
    return approve_recognition(
        proposed(world, dataset, **changes).pk, checklist=CHECKLIST, by=world.actor("reviewer")
    )


@kept
def returned(world: World) -> Recognition:
    """Let the second person send a decision back."""
    return return_recognition(
        proposed(world).pk, reason="The evidence is missing.", by=world.actor("reviewer")
    )


@kept
def withdrawn(world: World) -> Recognition:
    """Take a decision back."""
    return withdraw_recognition(
        proposed(world).pk, reason="We count anew.", by=world.actor("finance")
    )
