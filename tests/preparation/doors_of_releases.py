"""The act that tries a version with earlier releases of the same people, and its doors."""

from __future__ import annotations

from tests.given import people, preparation
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World


def untried(world: World) -> Things:
    """Return a masked version since whose making another of the same people was let out."""
    by_age, by_city = people.both_masked(world)
    people.published(world, by_age, "Patients by age")
    return {"pk": by_city.pk}


def tried(world: World) -> Things:
    """Return a masked version of whose people nothing else is out."""
    return {"pk": preparation.passed_report(world).version_id}


CASES = [
    DoorCase(
        act="preparation.release.services.start_composition",
        given=untried,
        actor="officer",
        page=to("composition_start"),
        api=to("api_start_composition"),
        fact="preparation.run_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=tried,
        again="already",
    )
]
