"""Database sources and drawings, reached by acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marketplace.catalog.drawing.services import Wanted, start_drawing
from marketplace.catalog.source.connections import Connection
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.services import close_source, register_source
from marketplace.core.actor import Actor, Door
from tests.given.catalog import draft_dataset
from tests.given.shelf import kept
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
CONNECTION = Connection(
    name="Registry",
    kind="postgresql",
    # In no network that the tests open, so that nothing is ever sent there.
    host="10.20.30.40",
    port=5432,
    database="office",
    user="reader",
    password="a made-up phrase",
)
WANTED = Wanted("public", "trips", ("day", "line"))


@kept
def source(world: World, *, dataset: Any = None, **changes: Any) -> DatabaseSource:
    """Register a database for a dataset, which may be given."""
    dataset = dataset or draft_dataset(world)
    return register_source(
        dataset.pk, connection=replace(CONNECTION, **changes), by=world.actor("officer")
    )


@kept
def closed_source(world: World) -> DatabaseSource:
    """Register a source and close it."""
    return close_source(source(world).pk, by=world.actor("officer"))


def queued_drawing(world: World, *, of: DatabaseSource | None = None, **changes: Any) -> Drawing:
    """Ask for a drawing."""
    of = of or source(world)
    return start_drawing(of.pk, wanted=replace(WANTED, **changes), by=world.actor("officer"))
