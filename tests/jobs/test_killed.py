"""A worker is killed at each of ten points of each kind of long work.

Nothing is lost, doubled or stuck: what waited still waits or is taken up, and its result is there
once. Here a worker dies as `kill -9` lets it, for the database: no handler runs, and what was not
committed is gone. Real processes are killed in `test_killed_processes.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from marketplace.core import clock
from marketplace.jobs.models import Job
from marketplace.jobs.services import reclaim_jobs
from marketplace.vault.places import work_root
from tests.jobs.kinds import KINDS, SYSTEM, Kind, counted
from tests.jobs.points import AFTER_PAYING, POINTS, ended_at

LEASE = timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])


class Killed(BaseException):
    """The end of a worker, which no handler of it sees."""


@contextmanager
def killed_at(kind: Kind, point: str) -> Iterator[list[str]]:
    """Let whoever works meet its end at a point; the list tells whether that was reached."""
    deaths: list[str] = []

    def die() -> None:
        deaths.append(point)
        raise Killed

    with ended_at(kind, point, die), suppress(Killed):
        yield deaths


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", KINDS)
def test_a_killed_worker_loses_doubles_and_blocks_nothing(
    name: str, point: str, job_of: Any
) -> None:
    kind, job = KINDS[name], job_of(name)
    before = counted()
    with killed_at(kind, point) as deaths:
        kind.execute(job.pk)
    assert deaths == [point], "the point was not reached"
    assert_done_once(kind, job, point, before)


def assert_done_once(kind: Kind, job: Job, point: str, before: Mapping[str, int]) -> None:
    """See that a job whose worker died is done by another one, and leaves what any leaves."""
    job.refresh_from_db()
    is_kept = point == "once all is kept"
    assert job.state in (("done",) if is_kept else ("queued", "running"))
    if not is_kept:
        paid = {"charges": 1} if kind is KINDS["measurement"] and point in AFTER_PAYING else {}
        assert counted() == {**before, **{k: before[k] + n for k, n in paid.items()}}
    with clock.stopped_at(clock.now() + LEASE * 3):
        assert reclaim_jobs(queue=kind.queue, by=SYSTEM) == ([] if is_kept else [job.pk])
    was_taken = kind.queue.started.kind in kind.facts_of(job)
    for _twice in range(2):
        kind.execute(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("done", ""), job.error_parameters
    assert job.attempt == (2 if was_taken and not is_kept else 1)
    made = {thing: count - before[thing] for thing, count in counted().items()}
    assert {thing: count for thing, count in made.items() if count} == kind.made
    facts = kind.facts_of(job)
    assert facts.count(kind.queue.started.kind) == job.attempt
    assert kind.queue.failed.kind not in facts
    assert reclaim_jobs(queue=kind.queue, by=SYSTEM) == []
    assert not any(path.is_dir() for path in work_root().iterdir())
