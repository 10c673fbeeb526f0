"""A worker killed in the middle: the pipeline notices by itself, and the run is done."""

from __future__ import annotations

import pytest

from marketplace.preparation.run.models import Run, Step
from tests.given import preparation as given
from tests.given.world import World
from tests.pipeline.test_loop import Pipeline, until
from tests.plugins.broker import ProcessHandle

ROWS = 60_000
IN_THE_MIDDLE = {Step.SEARCH, Step.WRITE, Step.CHECK, Step.MEASURE}


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a silent worker's run go after 4 s, in the processes that start from here."""
    monkeypatch.setenv("CENTRE_RUN_LEASE_SECONDS", "4")


@pytest.mark.drawn(1, of="processes of the demo")
def test_the_run_of_a_killed_worker_is_done_in_the_end(
    short_lease: None, celery_worker_process: ProcessHandle
) -> None:
    """With nobody's help and no clock moved: kill, notice, queue, take up, finish."""
    run = given.queued_masking(World(), table=given.people(ROWS))
    pipeline = Pipeline()
    try:
        until(lambda: fresh(run).step in IN_THE_MIDDLE)
        celery_worker_process.kill()
        assert fresh(run).state == "running"
        celery_worker_process.restart()
        until(lambda: fresh(run).is_final)
    finally:
        pipeline.process.kill()
        pipeline.process.communicate()
    assert (run.state, run.attempt) == ("done", 2), celery_worker_process.output()


def fresh(run: Run) -> Run:
    """Read the run again."""
    run.refresh_from_db()
    return run
