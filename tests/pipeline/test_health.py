"""What a watchdog is told, and what an operator."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import timedelta
from io import StringIO

import pytest
import redis
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.jobs.services import take_job
from marketplace.ledger.models import Entry
from marketplace.pipeline import broker, health
from marketplace.pipeline.models import Beat, Cursor, Part
from marketplace.pipeline.services import beat
from marketplace.preparation.run.steps import RUNS
from tests.given.pipeline import newcomer, put_aside
from tests.given.preparation import queued_profile
from tests.given.world import World
from tests.plugins.broker import ProcessHandle

PARTS = {"database", "broker", "disk", "readers", "loop", "sealing", "reactions", "worker", "queue"}
SYSTEM = Actor.system(Door.TASK)


def failing(status: int = 503) -> set[str]:
    """Return the parts that do not work."""
    answer = Client().get("/health/")
    told = answer.json()
    assert answer.status_code == status, told
    assert set(told) == {"status", "checks"}
    assert told["status"] == ("ok" if status == 200 else "failing")
    assert set(told["checks"]) == PARTS
    return {name for name, is_ok in told["checks"].items() if not is_ok}


@pytest.fixture
def well(world: World, valkey: redis.Redis) -> None:
    """Let everything work at this moment."""
    valkey.flushall()
    # What the world is made of may have waited for longer than a minute.
    call_command("run_pipeline", "--once")
    beat(Part.WORKER, by=SYSTEM)


def test_working_centre_is_well(well: None, client: Client) -> None:
    """A fresh entry is no reason to worry; the answer is kept nowhere."""
    newcomer()
    assert failing(200) == set()
    assert "no-cache" in client.get("/health/")["Cache-Control"]
    told = StringIO()
    call_command("health", stdout=told)
    assert len(told.getvalue().splitlines()) == len(PARTS)
    assert "FAILING" not in told.getvalue()


def test_entry_that_waits_shows_a_loop_that_does_not_seal(well: None) -> None:
    """Until the loop has sealed it."""
    newcomer()
    newest = Entry.objects.latest("happened_at").happened_at
    with clock.stopped_at(newest + health.PATIENCE + timedelta(seconds=1)):
        assert failing() == {"sealing"}
        call_command("run_pipeline", "--once")
        assert failing(200) == set()


def test_reactions_that_stopped_are_seen(well: None) -> None:
    """Sealed entries that nothing looks at any more."""
    Cursor.objects.update(leaf_index=Cursor.objects.get().leaf_index - 1)
    newest = Entry.objects.latest("happened_at").happened_at
    with clock.stopped_at(newest + health.PATIENCE + timedelta(seconds=1)):
        assert failing() == {"reactions"}


def test_a_reaction_that_was_put_aside_is_seen_after_a_while(well: None) -> None:
    """It waits for somebody who looks at it."""
    waiting = put_aside()
    assert failing(200) == set()
    with clock.stopped_at(waiting.created_at + health.PUT_ASIDE + timedelta(seconds=1)):
        for part in Part:
            beat(part, by=SYSTEM)
        assert failing() == {"reactions"}


@pytest.mark.parametrize("part", Part)
def test_a_part_without_a_sign_of_life_is_seen(part: Part, well: None) -> None:
    """Once it is silent for longer than it may be, and when it never gave one."""
    seen = Beat.objects.get(part=part)
    other = Part.LOOP if part == Part.WORKER else Part.WORKER
    with clock.stopped_at(seen.at + health.SILENCE + timedelta(seconds=2)):
        beat(other, by=SYSTEM)
        assert failing() == {part.value}
    seen.delete()
    assert failing() >= {part.value}


def test_a_worker_that_holds_long_work_is_alive(well: None, world: World) -> None:
    """It takes no other task meanwhile; its lease says so."""
    Beat.objects.filter(part=Part.WORKER).delete()
    assert failing() == {"worker"}
    take_job(queued_profile(world).pk, queue=RUNS, by=SYSTEM)
    assert failing(200) == set()


@pytest.mark.parametrize("part", [Part.LOOP, Part.WORKER])
def test_a_sign_of_life_from_the_future_is_none(well: None, part: Part) -> None:
    """A clock that was set back would let a dead part look alive for as long as it was ahead."""
    at = clock.now() + timedelta(days=1)
    Beat.objects.update_or_create(part=part, defaults={"at": at})
    assert failing() == {part.value}
    told = StringIO()
    with pytest.raises(CommandError, match=part.value):
        call_command("health", stdout=told)
    assert "at a time to come" in told.getvalue()
    Beat.objects.update(at=clock.now() + health.CLOCKS_DIFFER / 2)
    assert failing(200) == set()


def test_a_full_disk_is_seen(well: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before uploads fail on it."""
    monkeypatch.setitem(settings.CENTRE, "FREE_BYTES_LEAST", 2**62)
    assert failing() == {"disk"}


def test_a_long_queue_is_seen(well: None, valkey: redis.Redis) -> None:
    """Tasks that no worker takes."""
    waiting = int(valkey.llen("celery"))
    valkey.rpush("celery", *["{}"] * (settings.CENTRE["QUEUE_MOST"] + 1 - waiting))
    try:
        assert failing() == {"broker"}
    finally:
        valkey.flushall()


def test_a_broker_that_is_away_or_hangs_keeps_nobody_waiting(
    well: None, valkey: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told within the bound; the operator reads what it is, a stranger does not."""
    process = int(valkey.info("server")["process_id"])
    monkeypatch.setattr(broker, "BROKER_SECONDS", 0.2)
    os.kill(process, signal.SIGSTOP)
    try:
        assert failing() == {"broker"}
        told = StringIO()
        with pytest.raises(CommandError, match="broker"):
            call_command("health", stdout=told)
        assert "The broker does not answer" in told.getvalue()
    finally:
        os.kill(process, signal.SIGCONT)
    monkeypatch.setattr(settings, "BROKER_URL", "redis+socket:///nowhere/valkey.sock")
    assert failing() == {"broker"}
    monkeypatch.setattr(settings, "BROKER_URL", "")
    assert failing() == {"broker"}


def test_a_real_worker_shows_that_it_works(celery_worker_process: ProcessHandle) -> None:
    """It answers the loop's question; killed, it is silent."""
    began, waiting = time.monotonic(), threading.Event()
    call_command("run_pipeline", "--once")
    while not Beat.objects.filter(part=Part.WORKER).exists():
        assert time.monotonic() - began < 60, celery_worker_process.output()
        waiting.wait(0.05)
    assert failing(200) == set()
    celery_worker_process.kill()
    with clock.stopped_at(clock.now() + health.SILENCE + timedelta(seconds=1)):
        call_command("run_pipeline", "--once")
        assert failing() == {"worker"}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent(method: str, db: None, client: Client) -> None:
    """It only answers."""
    assert getattr(client, method)("/health/").status_code == 405
