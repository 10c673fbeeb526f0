"""Files that wait to be taken."""

from __future__ import annotations

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.services import drop_file, hand_in_file, take_file
from tests.given.catalog import TRIPS, draft_dataset
from tests.given.shelf import kept
from tests.given.vault import upload
from tests.given.world import World


def handed_in(
    world: World,
    content: bytes | str = TRIPS,
    *,
    name: str = "trips.csv",
    dataset: Dataset | None = None,
    by: str = "officer",
) -> Intake:
    """Hand a file in for a dataset, or for a new one."""
    dataset = dataset or draft_dataset(world)
    return hand_in_file(dataset.pk, upload=upload(content, name=name), by=world.actor(by))


@kept
def waiting(world: World) -> Intake:
    """Hand in a table about no person, as its first row names the columns."""
    return handed_in(world)


@kept
def taken(world: World) -> Intake:
    """Hand in a table and take it."""
    return take_file(waiting(world).pk, by=world.actor("officer"))


@kept
def dropped(world: World) -> Intake:
    """Hand in a table and drop it."""
    return drop_file(waiting(world).pk, by=world.actor("officer"))
