"""Jobs of each kind of long work that can be done to their end."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.catalog.drawing.services import start_drawing
from marketplace.jobs.models import Job
from tests.given import preparation
from tests.given.source_servers import real_source, trips
from tests.given.world import World
from tests.jobs.kinds import KINDS
from tests.plugins.sources import SourceServer


@pytest.fixture
def job_of(world: World, request: pytest.FixtureRequest) -> Any:
    """Return what makes a job of a kind that can be done to its end."""

    def waiting(name: str) -> Job:
        if name == "run":
            return preparation.queued_masking(world)
        if name == "drawing":
            request.getfixturevalue("sources_allowed")
            server: SourceServer = request.getfixturevalue("postgres_source")
            wanted = trips(server, "killed_trips")
            return start_drawing(
                real_source(world, server).pk, wanted=wanted, by=world.actor("officer")
            )
        return KINDS[name].waiting(world, 0)

    return waiting
