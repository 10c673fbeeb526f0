"""The lease of a run is renewed while its engine is silent, and a lost run stops its work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from marketplace.core.errors import WrongState
from marketplace.jobs.heartbeat import Heartbeat, LeaseLost
from marketplace.jobs.services import reclaim_jobs, take_job
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.run.models import Run, Step
from marketplace.preparation.run.services import cancel_run
from marketplace.preparation.run.steps import RUNS
from tests.given import preparation as given
from tests.given.preparation import SYSTEM
from tests.given.threads import at_once
from tests.given.world import World

PATIENCE = 120.0


@pytest.fixture
def short_lease(committed_database: None) -> Iterator[None]:
    """Let leases run out after a second."""
    with override_settings(CENTRE={**settings.CENTRE, "RUN_LEASE_SECONDS": 1}):
        yield


@pytest.fixture
def held(short_lease: None) -> Run:
    """Return a run that this process holds."""
    return take_job(given.queued_profile(World()).pk, queue=RUNS, by=SYSTEM)


def test_thread_speaks_up_while_the_work_is_silent(held: Run) -> None:
    taken_until, began, waiting = held.lease_until, time.monotonic(), threading.Event()
    assert taken_until is not None
    with Heartbeat(held, queue=RUNS, by=SYSTEM):
        while held.lease_until is None or (held.lease_until - taken_until).total_seconds() < 1.5:
            assert time.monotonic() - began < PATIENCE
            waiting.wait(0.05)
            held.refresh_from_db()
            # Twice the lease has gone by before this ends, and nobody takes the run for lost.
            assert reclaim_jobs(queue=RUNS, by=SYSTEM) == []
    assert (held.state, held.attempt) == ("running", 1)


def test_report_of_progress_is_written(held: Run) -> None:
    with Heartbeat(held, queue=RUNS, by=SYSTEM) as heartbeat:
        heartbeat.report(0.25, Step.PROFILE)
        held.refresh_from_db()
        assert (held.progress, held.step) == (250, "profile")
        # Too soon after the last one to be worth a write.
        heartbeat.report(0.26, Step.PROFILE)
        held.refresh_from_db()
        assert held.progress == 250


def test_cancelled_run_stops_the_work_at_its_next_report(held: Run) -> None:
    with Heartbeat(held, queue=RUNS, by=SYSTEM) as heartbeat:
        cancel_run(held.pk, by=World().actor("officer"))
        with pytest.raises(LeaseLost):
            heartbeat.report(0.5, Step.CLASSIFY)
    held.refresh_from_db()
    assert held.state == "cancelled"


@pytest.mark.postgres
def test_of_six_workers_one_takes_a_run(committed_database: None) -> None:
    run = given.queued_profile(World())
    results = at_once(6, lambda _number: take_job(run.pk, queue=RUNS, by=SYSTEM))
    assert sum(isinstance(result, Run) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == 5
    run.refresh_from_db()
    assert run.attempt == 1


@pytest.mark.postgres
def test_of_six_requests_one_starts_a_masking(committed_database: None) -> None:
    version = given.confirmed_version(World())
    officer = World().actor("officer")
    results = at_once(6, lambda _number: start_masking(version.pk, by=officer))
    assert len({result.pk for result in results if isinstance(result, Run)}) == 1
    assert Run.objects.filter(version=version, kind="mask").count() == 1


@pytest.mark.postgres
def test_of_six_tasks_one_does_the_run(committed_database: None) -> None:
    run = given.queued_masking(World())
    at_once(6, lambda _number: execute_run(run.pk))
    run.refresh_from_db()
    assert (run.state, run.attempt) == ("done", 1)
    assert run.result_version is not None
    assert run.version.children.count() == 1


def test_what_only_a_test_sees_is_renewed_by_its_own_reports(world: World) -> None:
    """A thread would look over another connection, and not find it."""
    with override_settings(CENTRE={**settings.CENTRE, "RUN_LEASE_SECONDS": 0.1}):
        run = take_job(given.queued_profile(world).pk, queue=RUNS, by=SYSTEM)
        with Heartbeat(run, queue=RUNS, by=SYSTEM) as heartbeat:
            heartbeat._thread.join(5)
            assert not heartbeat.is_lost
            heartbeat.report(0.5, Step.PROFILE)
    run.refresh_from_db()
    assert run.progress == 500
