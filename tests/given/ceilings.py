"""Price ceilings in each state, reached by acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import Permitted
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    close_ceiling,
    draft_ceiling,
    return_ceiling,
    submit_ceiling,
    withdraw_ceiling,
)
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from marketplace.review.checklists import CHECKLISTS
from tests.given.catalog import approved_dataset
from tests.given.shelf import kept
from tests.given.world import World

CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["ceiling"])
DAYS = 365
FIGURES: dict[str, Any] = {
    "operating_cost": Decimal("6000000.00"),
    "operating_cost_source": "Budget of the bureau, line 12",
    "tax": Decimal("420000.00"),
    "tax_source": "Tax return of the bureau",
    "expected_units": 300,
    "expected_units_source": "Letters of intent",
}
"""Cost and tax of the published case; the maximum is 6,900,000.00 and a licence 23,000.00."""


def permitted(start: date | None = None, days: int = DAYS, **changes: Any) -> Permitted:
    """Return figures that keep every rule, of a period that begins today, with changes."""
    first = start or clock.today()
    whole = Permitted(period_from=first, period_until=first + timedelta(days=days - 1), **FIGURES)
    return replace(whole, **changes)


@kept
def drafted(world: World, dataset: Dataset | None = None, **changes: Any) -> PriceCeiling:
    """Draft a price ceiling."""
    dataset = dataset or approved_dataset(world)
    return draft_ceiling(dataset.pk, permitted=permitted(**changes), by=world.actor("officer"))


@kept
def submitted(world: World, dataset: Dataset | None = None, **changes: Any) -> PriceCeiling:
    """Submit a price ceiling to a second person."""
    return submit_ceiling(drafted(world, dataset, **changes).pk, by=world.actor("officer"))


@kept
def returned(world: World) -> PriceCeiling:
    """Let the second person send a price ceiling back."""
    return return_ceiling(
        submitted(world).pk, reason="The tax has no voucher.", by=world.actor("reviewer")
    )


@kept
def in_force(world: World, dataset: Dataset | None = None, **changes: Any) -> PriceCeiling:
    """Let the second person put a price ceiling in force."""
    ceiling = submitted(world, dataset, **changes)
    return approve_ceiling(ceiling.pk, checklist=CHECKLIST, by=world.actor("reviewer"))


@kept
def withdrawn(world: World) -> PriceCeiling:
    """Take a draft back."""
    return withdraw_ceiling(drafted(world).pk, reason="We count anew.", by=world.actor("officer"))


@kept
def closed(world: World, ceiling: PriceCeiling | None = None) -> PriceCeiling:
    """End a price ceiling before its period is over."""
    ceiling = ceiling or in_force(world)
    return close_ceiling(ceiling.pk, reason="The cost was wrong.", by=world.actor("reviewer"))
