"""What page and API offer of a price ceiling is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import ACTS_ON_CEILING, acts_on_ceiling
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    revise_ceiling,
)
from marketplace.core import clock
from marketplace.core.actor import Actor
from tests.given import ceilings as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("officer", "reviewer", "stranger", "auditor")
WHY = "For a reason."


def tried(ceiling: PriceCeiling, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a price ceiling can offer."""
    pk, later = ceiling.pk, ceiling.period_until + timedelta(days=1)
    other = replace(given.permitted(later), expected_units=ceiling.expected_units + 1)
    more = {
        "revise_ceiling": accepts(lambda: revise_ceiling(pk, permitted=other, by=by)),
        "approve_ceiling": accepts(lambda: approve_ceiling(pk, checklist=given.CHECKLIST, by=by)),
    }
    return accepted_acts(ACTS_ON_CEILING, pk, by, more)


def over(world: World) -> PriceCeiling:
    """Submit a price ceiling whose period has passed since."""
    with clock.stopped_at(clock.now() - timedelta(days=800)):
        return given.submitted(world)


STATES: dict[str, Callable[[World], PriceCeiling]] = {
    "drafted": given.drafted,
    "submitted": given.submitted,
    "over": over,
    "returned": given.returned,
    "in-force": given.in_force,
    "withdrawn": given.withdrawn,
    "closed": given.closed,
}


@pytest.mark.parametrize("state", STATES)
def test_a_ceiling_offers_what_is_accepted(state: str, world: World) -> None:
    """To its officers, to the second person and to nobody else."""
    pk = STATES[state](world).pk
    for person in PEOPLE:
        by, ceiling = world.actor(person), PriceCeiling.objects.get(pk=pk)
        assert dict(acts_on_ceiling(ceiling, by)) == tried(ceiling, by), person
