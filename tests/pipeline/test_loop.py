"""The loop: sealed within two seconds, woken at once where the database can, stopped at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from marketplace.ledger.selectors import unsealed_count
from marketplace.ledger.services.recording import CHANNEL
from marketplace.notices.models import Notice
from marketplace.pipeline.bell import Bell
from marketplace.pipeline.due import CLOCKWORK, DUE, ONCE, Due
from marketplace.pipeline.loop import RETRY_SECONDS, Loop
from marketplace.pipeline.selectors import reacted_to, sealed_size
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import suspend_broken_listings
from tests.given.gate import BREAKS
from tests.given.pipeline import newcomer
from tests.given.trading import published
from tests.given.world import World
from tests.plugins.broker import database_environment

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


@pytest.fixture
def bell() -> Iterator[Bell]:
    """Yield a bell of this test."""
    bell = Bell()
    yield bell
    bell.close()


def until(happened: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Look until something has happened."""
    began = time.monotonic()
    waiting = threading.Event()
    while not happened():
        assert time.monotonic() - began < patience, "It has not happened."
        waiting.wait(0.05)


class Pipeline:
    """A `run_pipeline` in a process of its own, on the database of this test."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_pipeline"],
            cwd=ROOT,
            env={**os.environ, **database_environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Return how it ended, and what it said."""
        self.process.send_signal(number)
        said, _errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said.decode()


@pytest.fixture
def pipeline(committed_database: None) -> Iterator[Pipeline]:
    """Yield a running pipeline that has nothing left to do."""
    started = Pipeline()
    try:
        until(lambda: unsealed_count() == 0 and sealed_size() == reacted_to() + 1)
        yield started
    finally:
        with started.process:
            started.process.kill()


def test_entries_are_sealed_and_followed(pipeline: Pipeline) -> None:
    """What follows has happened; SIGTERM then ends it cleanly."""
    before = Notice.objects.count()
    newcomer()
    until(lambda: unsealed_count() == 0)
    until(lambda: Notice.objects.count() == before + 2)
    assert pipeline.stop() == (0, "")


@pytest.mark.postgres
def test_ctrl_c_ends_it_cleanly_too(pipeline: Pipeline) -> None:
    """As a person does who watches it; which signal it is makes no difference to a database."""
    assert pipeline.stop(signal.SIGINT) == (0, "")


@pytest.mark.postgres
def test_a_notify_wakes_the_loop(committed_database: None, bell: Bell) -> None:
    """Long before its time."""
    bell.listen()
    newcomer()
    assert bell.wait(PATIENCE)


@pytest.mark.postgres
def test_what_was_told_is_read_in_one(committed_database: None, bell: Bell) -> None:
    """One wake-up serves all that one transaction told: nothing is left for the next wait."""
    bell.listen()
    # Their payloads differ, or PostgreSQL would make one of them; it sends both at once.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}, 'first'")
        cursor.execute(f"NOTIFY {CHANNEL}, 'second'")
    assert bell.wait(PATIENCE)
    assert not bell.wait(0)


def test_a_stop_ends_a_wait_at_once(bell: Bell) -> None:
    """Also one that begins later."""
    began = time.monotonic()
    threading.Timer(0.1, bell.stop).start()
    bell.pause(PATIENCE)
    bell.pause(PATIENCE)
    assert bell.is_stopped
    assert time.monotonic() - began < PATIENCE


def test_a_turn_does_what_is_due_when_it_is(world: World, bell: Bell) -> None:
    """And not again before its seconds have passed."""
    calls: list[Actor] = []

    def counts(*, by: Actor) -> None:
        calls.append(by)

    loop = Loop(bell, due=(Due(counts, 3600),))
    loop.turn()
    loop.turn()
    [by] = calls
    assert by.is_system


def test_what_is_due_once_is_done_when_a_loop_begins(
    world: World, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not after an hour; but it is tried again where it broke."""
    calls: list[str] = []
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)

    def breaks_first(*, by: Actor) -> None:
        calls.append("called")
        if len(calls) == 1:
            raise OSError("The disk is away.")

    loop = Loop(bell, due=(Due(breaks_first, ONCE),))
    loop.turn()
    now += RETRY_SECONDS - 1
    loop.turn()
    assert len(calls) == 1
    now += 1
    loop.turn()
    now += 10 * 3600
    loop.turn()
    assert len(calls) == 2
    Loop(bell, due=(Due(breaks_first, ONCE),)).turn()
    assert len(calls) == 3


def test_a_day_that_begins_makes_everything_due(world: World, bell: Bell) -> None:
    """A listing whose proofs end with the day before is suspended by the first turn of the new."""
    listing = published(world)
    loop = Loop(bell, due=(Due(suspend_broken_listings, 3600),))
    loop.turn()
    assert Listing.objects.get().state == "published"
    with BREAKS["right-expired"](world, listing):
        loop.turn()
    assert Listing.objects.get().state == "suspended"


def test_a_broken_act_of_time_stops_nothing(
    world: World, bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged; the others run, and entries are sealed."""
    calls: list[str] = []

    def breaks(*, by: Actor) -> None:
        raise ZeroDivisionError

    def refused(*, by: Actor) -> None:
        raise NotAllowed("Not you.")

    def counts(*, by: Actor) -> None:
        calls.append("counted")

    newcomer()
    Loop(bell, due=(Due(breaks, 9), Due(refused, 9), Due(counts, 9))).turn()
    assert calls == ["counted"]
    assert unsealed_count() == 0
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert "Not you." in caplog.text


def test_the_acts_of_time_may_be_done_by_the_clockwork(world: World, bell: Bell) -> None:
    """Each finds nothing due in the world of the tests, and is not refused."""
    before = Entry.objects.count()
    for due in DUE:
        due.act(by=CLOCKWORK)
    assert Entry.objects.count() == before


def test_an_idle_turn_costs_little(world: World, bell: Bell) -> None:
    """On SQLite it writes nothing, so that polling keeps no writer waiting."""
    loop = Loop(bell, due=())
    loop.turn()
    with CaptureQueriesContext(connection) as queries:
        loop.turn()
    if connection.vendor == "sqlite":
        assert len(queries) <= 4
        assert not [one for one in queries if not one["sql"].startswith("SELECT")]
