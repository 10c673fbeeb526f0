"""Versions of which treatments were tried."""

from __future__ import annotations

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.execution import execute_run
from marketplace.preparation.study.services import start_tradeoff
from tests.given import preparation as given
from tests.given.shelf import kept
from tests.given.world import World


@kept
def tried_version(world: World) -> DatasetVersion:
    """Return a classified version around whose proposed policy treatments were tried."""
    version = given.classified_version(world)
    run = start_tradeoff(version.pk, by=world.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return version
