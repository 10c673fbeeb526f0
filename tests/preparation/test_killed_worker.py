"""`kill -9` of a worker in the middle of a masking run, with a real Celery over a real Valkey."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.jobs.services import reclaim_jobs
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, Step
from marketplace.preparation.run.services import cancel_run
from marketplace.preparation.run.steps import RUNS
from marketplace.preparation.tasks import execute_run
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import work_root
from marketplace.vault.services import clear_abandoned_work_folders
from tests.given import preparation as given
from tests.given.preparation import SYSTEM
from tests.given.world import World
from tests.plugins.broker import ProcessHandle

ROWS = 80_000
PATIENCE = 120.0
IN_THE_MIDDLE = {Step.SEARCH, Step.WRITE, Step.CHECK, Step.MEASURE}


@pytest.fixture
def masking(celery_worker_process: ProcessHandle) -> Run:
    """Return a masking run of a large table that waits for the worker."""
    return given.queued_masking(World(), table=given.people(ROWS))


def until(happened: Callable[[], bool], worker: ProcessHandle) -> None:
    """Look until something has happened."""
    began, waiting = time.monotonic(), threading.Event()
    while not happened():
        assert time.monotonic() - began < PATIENCE, worker.output()
        waiting.wait(0.005)


def in_the_middle(run: Run) -> bool:
    """Return whether the worker is at it."""
    run.refresh_from_db()
    assert not run.is_final, (run.state, run.error_code)
    return run.step in IN_THE_MIDDLE


def ended(run: Run) -> bool:
    """Return whether the run has ended."""
    run.refresh_from_db()
    return run.is_final


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_run_of_a_killed_worker_is_taken_up_again(
    masking: Run, celery_worker_process: ProcessHandle
) -> None:
    worker = celery_worker_process
    execute_run.delay(str(masking.pk))
    until(lambda: in_the_middle(masking), worker)
    worker.kill()

    masking.refresh_from_db()
    assert (masking.state, masking.attempt) == ("running", 1)
    assert masking.lease_until is not None
    # Within 60 s: the lease that the dead worker left is shorter, and is looked at every 3 s.
    assert masking.lease_until - clock.now() < timedelta(seconds=30)
    assert_nothing_is_visible(masking)
    # What it had decrypted lies in a folder that nobody holds any more, and goes.
    assert any(path.is_dir() for path in work_root().iterdir())
    assert clear_abandoned_work_folders() == 1
    assert not any(path.is_dir() for path in work_root().iterdir())

    with clock.stopped_at(masking.lease_until + timedelta(seconds=1)):
        assert reclaim_jobs(queue=RUNS, by=SYSTEM) == [masking.pk]
    assert_nothing_is_visible(masking)
    worker.restart()
    execute_run.delay(str(masking.pk))
    until(lambda: ended(masking), worker)
    assert (masking.state, masking.attempt) == ("done", 2), worker.output()
    assert masking.result_version is not None
    report = report_of(masking.result_version.pk)
    assert report is not None
    assert report.passed
    assert StoredFile.objects.filter(purpose=Purpose.MASKED).count() == 1


def test_cancelled_run_stops_its_worker(masking: Run, celery_worker_process: ProcessHandle) -> None:
    worker = celery_worker_process
    execute_run.delay(str(masking.pk))
    until(lambda: in_the_middle(masking), worker)
    cancel_run(masking.pk, by=World().actor("officer"))
    # The worker lets go of its work folder, and is free for the next run.
    until(lambda: not any(path.is_dir() for path in work_root().iterdir()), worker)
    masking.refresh_from_db()
    assert masking.state == "cancelled"
    assert_nothing_is_visible(masking)
    profile = given.queued_profile(World(), title="The next one")
    execute_run.delay(str(profile.pk))
    until(lambda: ended(profile), worker)
    assert profile.state == "done", worker.output()


def assert_nothing_is_visible(run: Run) -> None:
    """No half-written version, file or report."""
    assert not DatasetVersion.objects.filter(parent=run.version).exists()
    assert not StoredFile.objects.filter(purpose=Purpose.MASKED).exists()
    assert not hasattr(run, "risk_report")
