"""A worker is killed at each of ten points of each kind of long work.

Nothing is lost, doubled or stuck: what waited still waits or is taken up, and its result is there
once. Here a worker dies as `kill -9` lets it, for the database: no handler runs, and what was not
committed is gone. Real processes are killed in `tests/*/test_killed_*.py` and in campaigns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from marketplace.catalog.drawing.services import start_drawing
from marketplace.core import clock
from marketplace.jobs import execution, heartbeat
from marketplace.jobs.models import Job
from marketplace.jobs.services import reclaim_jobs
from marketplace.vault.places import work_root
from tests.given import preparation
from tests.given.source_servers import real_source, trips
from tests.given.world import World
from tests.jobs.kinds import KINDS, SYSTEM, Kind, counted
from tests.plugins.sources import SourceServer

LEASE = timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])
RECORDS = re.compile(r'INSERT INTO "?ledger_entry\b')
POINTS = {
    "before it is taken": ("before", "take"),
    "before its start is recorded": ("before", "fact"),
    "after its start is recorded": ("after", "fact"),
    "once it is taken": ("folder", ""),
    "before its first word": ("before", "beat"),
    "after its first word": ("after", "beat"),
    "before its result": ("before", "result"),
    "after its result": ("after", "result"),
    "before its end": ("before", "end"),
    "after its end": ("after", "end"),
    "once all is kept": ("ended", ""),
}


class Killed(BaseException):
    """The end of a worker, which no handler of it sees."""


def statement_at(kind: Kind, what: str, sql: str) -> bool:
    """Return whether a statement is the one of a point."""
    changes_job = sql.startswith(f'UPDATE "{kind.table}"')
    return {
        "take": changes_job and '"attempt" = ' in sql,
        "fact": RECORDS.search(sql) is not None,
        "beat": changes_job and '"state" = ' not in sql and '"lease_until" = ' in sql,
        "result": sql.startswith(f'INSERT INTO "{kind.result}"'),
        "end": changes_job and '"ended_at" = ' in sql,
    }[what]


@contextmanager
def killed_at(kind: Kind, point: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let whoever works meet its end at a point; the list tells whether that was reached."""
    when, what = POINTS[point]
    deaths: list[str] = []

    def die() -> None:
        deaths.append(point)
        raise Killed

    def around(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        hit = bool(what) and not deaths and statement_at(kind, what, str(sql))
        if hit and when == "before":
            die()
        done = execute(sql, params, many, context)
        if hit and when == "after":
            die()
        return done

    with monkeypatch.context() as patched, connection.execute_wrapper(around):
        # Each word is written, so that there is a first one of every kind.
        patched.setattr(heartbeat, "WRITE_SECONDS", 0.0)
        if when == "folder":
            patched.setattr(execution, "work_folder", die)
        if when == "ended":
            patched.setattr(heartbeat.Heartbeat, "__exit__", lambda *_given: die())
        with suppress(Killed):
            yield deaths


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


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", KINDS)
def test_a_killed_worker_loses_doubles_and_blocks_nothing(
    name: str, point: str, job_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, job = KINDS[name], job_of(name)
    before = counted()
    with killed_at(kind, point, monkeypatch) as deaths:
        kind.execute(job.pk)
    assert deaths == [point], "the point was not reached"
    job.refresh_from_db()
    is_kept = point == "once all is kept"
    assert job.state in (("done",) if is_kept else ("queued", "running"))
    if not is_kept:
        paid = {"charges": 1} if name == "measurement" and point in AFTER_PAYING else {}
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


AFTER_PAYING = ("before its end", "after its end")
"""What a measurement has paid for by then stays paid for, and is not paid for again."""
