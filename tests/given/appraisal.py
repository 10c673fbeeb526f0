"""Valuations in each state, reached by acts."""

from __future__ import annotations

from typing import Any

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Method, Purpose
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    return_appraisal,
    revise_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.catalog.dataset.models import Dataset
from marketplace.review.checklists import CHECKLISTS
from tests.given.catalog import approved_dataset
from tests.given.preparation import masked_version_of
from tests.given.rights import ALL_RIGHTS, certified
from tests.given.shelf import kept
from tests.given.world import World

CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["valuation"])
COSTS = {
    "preliminary": "20000",
    "direct": "185000.50",
    "indirect": "30000",
    "opportunity": "9000",
    "tax": "6000",
}
LIFE = {"remaining_life_years": "2.5", "total_life_years": "3"}
MEASURED = {"quality_coefficient": "1"}
"""What the centre puts in: the table of trips is whole."""
VALUE = "208333.75"
"""250,000.50 · 1 · 2.5 / 3, to the cent."""


def inputs(**changes: Any) -> dict[str, Any]:
    """Return inputs of the cost approach that keep every rule, with changes; None leaves out."""
    given: dict[str, Any] = {
        "components": dict(COSTS),
        **LIFE,
        "cost_basis": "replacement",
        "sources": {
            **{f"components.{name}": f"Voucher of {name}" for name in COSTS},
            **dict.fromkeys(LIFE, "Certificate and profile"),
        },
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def whole_inputs(**changes: Any) -> dict[str, Any]:
    """Return the same inputs as the library takes them, with the measured quality."""
    found = inputs(**(MEASURED | changes))
    sources = {**found.get("sources", {}), "quality_coefficient": "Measured"}
    return {**found, **({} if "sources" in changes else {"sources": sources})}


def form(**changes: str) -> dict[str, str]:
    """Return the form of the cost approach, filled in, with changes."""
    filled = {
        "cost_basis": "replacement",
        **COSTS,
        **{f"{name}_source": f"Voucher of {name}" for name in COSTS},
        **LIFE,
        **{f"{name}_source": "Certificate and profile" for name in LIFE},
        **changes,
    }
    return {f"cost-{name}": typed for name, typed in filled.items()}


@kept
def valuable(
    world: World, *, rights: frozenset[str] = ALL_RIGHTS, dataset: Dataset | None = None
) -> Dataset:
    """Return a dataset with a desensitized version and a certified right, no valuation yet."""
    dataset = dataset or approved_dataset(world)
    masked_version_of(world, dataset)
    certified(world, dataset=dataset, rights=rights)
    return dataset


@kept
def drafted(world: World, dataset: Dataset | None = None, **changes: Any) -> Appraisal:
    """Draft a valuation."""
    return draft_appraisal(
        (dataset or valuable(world)).pk,
        approaches=[GivenApproach(Method.COST, inputs(**changes))],
        purpose=Purpose.TRADE,
        by=world.actor("officer"),
    )


@kept
def submitted(world: World, dataset: Dataset | None = None) -> Appraisal:
    """Submit a valuation to a second person."""
    return submit_appraisal(drafted(world, dataset).pk, by=world.actor("officer"))


@kept
def returned(world: World) -> Appraisal:
    """Let the second person send a valuation back."""
    return return_appraisal(
        submitted(world).pk, reason="The tax has no voucher.", by=world.actor("reviewer")
    )


@kept
def in_force(world: World, dataset: Dataset | None = None) -> Appraisal:
    """Let the second person approve a valuation."""
    return approve_appraisal(
        submitted(world, dataset).pk, checklist=CHECKLIST, by=world.actor("reviewer")
    )


@kept
def withdrawn(world: World) -> Appraisal:
    """Take a draft back."""
    return withdraw_appraisal(drafted(world).pk, reason="We count anew.", by=world.actor("officer"))


def revised(world: World, appraisal: Appraisal, **changes: Any) -> Appraisal:
    """Compute a valuation anew from changed inputs."""
    return revise_appraisal(
        appraisal.pk,
        approaches=[GivenApproach(Method.COST, inputs(**changes))],
        purpose=appraisal.purpose,
        by=world.actor("officer"),
    )
