"""`kill -9` while rows are scored with a bought model: no row is lost, and none counted twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from uuid import uuid4

import pytest

from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.selectors import metered
from marketplace.learning.model.models import Scoring
from tests.campaigns.client import LOST, Ask
from tests.campaigns.crashing import OF_SCORING
from tests.campaigns.serving import Site
from tests.campaigns.waiting import answered
from tests.given import delivery
from tests.given import learning as given
from tests.given.learning import ROW
from tests.given.world import World

pytestmark = [pytest.mark.postgres]
LONG, QUOTA = 10, 1000
TABLE = "\n".join([",".join(ROW), *[",".join(str(value) for value in ROW.values())] * 3])


@pytest.mark.drawn(1, of="points at which scoring is killed")
def test_scoring_killed_at_a_point_counts_each_row_once(
    serve: Callable[..., Site], chance: Random
) -> None:
    """A single row and a table die once each, at points drawn, and are asked for again."""
    score_and_die(serve, [(chance.choice(OF_SCORING), kind) for kind in ("row", "table")])


@pytest.mark.campaign
def test_scoring_killed_at_every_point_counts_each_row_once(
    serve: Callable[..., Site], record_property: Callable[[str, object], None]
) -> None:
    every = [(point, kind) for point in OF_SCORING for kind in ("row", "table")]
    record_property("kills", score_and_die(serve, every * LONG))


def score_and_die(serve: Callable[..., Site], deaths: list[tuple[str, str]]) -> int:
    """Return how many requests died; each was asked again under its key until it was answered."""
    world = World()
    grant = given.sold(world, "scoring", quota=QUOTA)
    secret, site = delivery.keyed(world, grant=grant).secret, serve()
    rows = kills = 0
    for point, kind in deaths:
        request = asked(grant, kind, secret)
        lost = site.ask(replace(request, kill=point))
        assert lost.status in (LOST, 200), (point, lost)
        kills += lost.status == LOST
        told = answered(partial(site.ask, request))
        assert told.status == 200, (point, told)
        rows += 1 if kind == "row" else 3
        assert metered(grant).rows == QUOTA - delivery.left_in_parts(grant) == rows, point
        assert sum(Scoring.objects.values_list("rows", flat=True)) == rows, point
    assert kills == len(deaths)
    return kills


def asked(grant: Grant, kind: str, secret: str) -> Ask:
    """Return a request under a key of its own."""
    address, key = f"/api/v1/grants/{grant.pk}", str(uuid4())
    if kind == "row":
        return Ask(f"{address}/score/", data={"rows": [ROW]}, token=secret, key=key)
    return Ask(f"{address}/score-table/", table=TABLE, token=secret, key=key)
