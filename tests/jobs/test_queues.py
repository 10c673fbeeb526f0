"""What holds of every queue of long work: it is taken, lost, followed, and asked for again."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from queue import Empty
from typing import Any

import pytest
import redis
from celery import current_app
from django.apps import apps
from django.conf import settings

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.models import Job
from marketplace.jobs.queues import Priority
from marketplace.jobs.services import (
    LEASES_TO_WAIT,
    MOST_ATTEMPTS,
    beat_job,
    fail_job,
    reclaim_jobs,
    take_job,
)
from marketplace.jobs.steps import held_job
from marketplace.notices.tasks import send_notice_email
from marketplace.pipeline.broker import QUEUE
from marketplace.pipeline.due import DUE
from marketplace.pipeline.long_work import QUEUES
from marketplace.pipeline.reactions import REACTIONS, ask_worker
from tests.given.pipeline import catch_up, newcomer
from tests.given.world import World
from tests.jobs.kinds import KINDS, SYSTEM, Kind

LEASE = timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])
all_kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_every_kind_of_long_work_has_a_queue_that_is_swept() -> None:
    """Its task is started, and what is lost is found."""
    kinds = {model for model in apps.get_models() if issubclass(model, Job)}
    assert {queue.rows(SYSTEM).model for queue in QUEUES} == kinds
    assert {kind.queue for kind in KINDS.values()} == set(QUEUES)
    swept = {due.act.__name__ for due in DUE}
    assert {f"reclaim {queue.name}" for queue in QUEUES} <= swept
    assert all(REACTIONS[queue.requested] == (ask_worker,) for queue in QUEUES)


def test_what_somebody_waits_for_is_taken_first(world: World, valkey: redis.Redis) -> None:
    """A letter first, though it was asked for last; what may take an hour when all else is done.

    Asked for are the four kinds, the longest first; the tasks are read as a worker reads them.
    """
    catch_up()
    valkey.flushall()
    for kind in sorted(KINDS.values(), key=lambda kind: -kind.queue.priority):
        kind.waiting(world, 0)
    catch_up()
    newcomer()
    catch_up()
    place = {task.name: queue.priority for queue, task in QUEUES.items()}
    taken = []
    with (
        current_app.connection_for_read() as broker,
        broker.SimpleQueue(QUEUE) as tasks,
        suppress(Empty),
    ):
        while True:
            message = tasks.get(block=False)
            taken.append(message.headers["task"])
            message.ack()
    assert set(place) < set(taken)
    assert send_notice_email.name in taken
    places = [place.get(name, Priority.AT_ONCE) for name in taken]
    assert places == sorted(places)


@all_kinds
def test_a_worker_that_lost_its_job_is_refused(kind: Kind, world: World) -> None:
    """It is queued again; nothing that the first worker says counts any more."""
    start, queue = clock.now(), kind.queue
    with clock.stopped_at(start):
        first = take_job(kind.waiting(world, 0).pk, queue=queue, by=SYSTEM)
        with pytest.raises(WrongState):
            take_job(first.pk, queue=queue, by=SYSTEM)
    with clock.stopped_at(start + LEASE * 2):
        assert reclaim_jobs(queue=queue, by=SYSTEM) == [first.pk]
        second = take_job(first.pk, queue=queue, by=SYSTEM)
    assert (first.attempt, second.attempt) == (1, 2)
    held: dict[str, Any] = {"attempt": 1, "queue": queue, "by": SYSTEM}
    with pytest.raises(WrongState, match="another worker"):
        beat_job(first.pk, told={"progress": 900}, **held)
    with pytest.raises(WrongState, match="another worker"):
        held_job(first.pk, **held)
    with pytest.raises(WrongState, match="another worker"):
        fail_job(first.pk, error="unexpected", parameters={}, **held)
    second.refresh_from_db()
    assert (second.state, second.attempt, second.progress) == ("running", 2, 0)


@all_kinds
def test_a_job_that_is_lost_too_often_fails_with_a_reason(kind: Kind, world: World) -> None:
    moment, job = clock.now(), kind.waiting(world, 0)
    for _attempt in range(MOST_ATTEMPTS):
        with clock.stopped_at(moment):
            take_job(job.pk, queue=kind.queue, by=SYSTEM)
        moment += LEASE * 2
        with clock.stopped_at(moment):
            reclaim_jobs(queue=kind.queue, by=SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "worker-lost")
    assert job.error_parameters == {"attempts": MOST_ATTEMPTS}
    assert kind.facts_of(job)[-1] == kind.queue.failed.kind


@all_kinds
def test_a_job_that_nobody_takes_is_asked_for_ever_more_rarely(kind: Kind, world: World) -> None:
    start, wait = clock.now(), LEASE * (LEASES_TO_WAIT + 1)
    with clock.stopped_at(start):
        job = kind.waiting(world, 0)
    asked = []
    for times in range(1, 9):
        with clock.stopped_at(start + wait * times):
            if reclaim_jobs(queue=kind.queue, by=SYSTEM):
                asked.append(times)
    assert asked == [1, 2, 4, 8]
    assert kind.facts_of(job).count(kind.queue.requested.kind) == 5
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("queued", 0)


@all_kinds
def test_a_job_in_a_long_queue_is_asked_for_once_a_later_one_is_taken(
    kind: Kind, world: World
) -> None:
    """While jobs are taken in their order, those that wait behind them still have their tasks."""
    start, wait = clock.now(), LEASE * (LEASES_TO_WAIT + 1)
    jobs = []
    for number in range(4):
        with clock.stopped_at(start + timedelta(seconds=number)):
            jobs.append(kind.waiting(world, number))
    first, second, third, fourth = jobs
    for taken, asked in ((first, []), (third, [second.pk])):
        with clock.stopped_at(start + wait - LEASE / 2):
            take_job(taken.pk, queue=kind.queue, by=SYSTEM)
        with clock.stopped_at(start + wait):
            assert reclaim_jobs(queue=kind.queue, by=SYSTEM) == asked
    with clock.stopped_at(start + wait * 2):
        again = reclaim_jobs(queue=kind.queue, by=SYSTEM)
    assert fourth.pk in again, "nobody takes jobs any more"


@all_kinds
def test_people_do_no_work_of_jobs(kind: Kind, world: World) -> None:
    job = kind.waiting(world, 0)
    for person in ("officer", "administrator"):
        by = world.actor(person)
        with pytest.raises(NotAllowed):
            take_job(job.pk, queue=kind.queue, by=by)
        with pytest.raises(NotAllowed):
            reclaim_jobs(queue=kind.queue, by=by)


def test_what_broke_is_logged_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """They may hold a cell of the data; where it broke is told."""
    kind = KINDS["run"]
    job, words = kind.waiting(world, 0), "王秀兰 lives in Harbour Street"

    def work(*_given: object) -> None:
        raise ValueError(words)

    with caplog.at_level(logging.ERROR):
        execute_job(job.pk, queue=kind.queue, work=work, reasons=Reasons((), ()))
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "unexpected")
    assert "ValueError" in caplog.text
    assert "in work" in caplog.text
    assert words not in "\n".join(record.getMessage() for record in caplog.records)
