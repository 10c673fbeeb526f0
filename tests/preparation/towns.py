"""The levels that an officer decided for the column `city` of the table of people."""

from __future__ import annotations

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.services import set_hierarchy
from tests.given import preparation as given
from tests.given.doors import Things
from tests.given.world import World

TOWNS = [["Fuzhou", "north", "*"], ["Quanzhou", "south", "*"], ["Xiamen", "south", "*"]]
CITY = 6
"""The place of the column `city` in the table of people."""


def with_hierarchy(world: World) -> Things:
    """Return a classified source version with a hierarchy of its own."""
    version = given.classified_version(world)
    set_hierarchy(version.pk, column="city", rows=TOWNS, by=world.actor("officer"))
    return {"pk": version.pk}


def with_newer_data(world: World) -> Things:
    """Return a classified version of newer data, whose column `city` had a hierarchy before."""
    first = with_hierarchy(world)
    version = DatasetVersion.objects.get(pk=first["pk"])
    return {"pk": given.next_version(world, version, table=given.people(48)).pk}
