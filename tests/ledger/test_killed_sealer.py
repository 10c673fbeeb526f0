"""A sealer killed at any point, while others write: no entry is lost, doubled or reordered."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from marketplace.ledger import last_head
from marketplace.ledger.models import Entry, Seal, Stray
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.verification import verify_ledger
from marketplace.notices.models import Notice
from marketplace.pipeline.selectors import reacted_to, sealed_size
from tests.given.pipeline import newcomer
from tests.ledger.dying import POINTS
from tests.ledger.test_sealing import SYSTEM, Happened
from tests.pipeline.test_loop import PATIENCE, until
from tests.plugins.broker import database_environment

ROOT = Path(__file__).parents[2]
BURST = 300
"""Entries of one transaction; they fill a tile of 256, so that there is one to write."""
WRITERS = 2
FEW = 4
"""Points at which it dies in every run; the campaign has all, ten times each."""

PAUSE = 0.02


class DyingPipeline:
    """A `run_pipeline` in a process of its own that dies where it is told to, and is started anew.

    `starts_fresh` starts an interpreter each time, as a supervisor does.
    """

    def __init__(self, *, starts_fresh: bool = False) -> None:
        self.began = time.monotonic()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.dying", *(["--fresh"] if starts_fresh else [])],
            cwd=ROOT,
            env={
                **os.environ,
                **database_environment(),
                "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )

    def dies_at(self, point: str) -> None:
        """Name the point."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{point}\n".encode())
        self._process.stdin.flush()

    def wait_for_death(self) -> None:
        """Wait until it has killed itself; it is started anew at that moment."""
        assert self._process.stdout is not None
        told, _writable, _broken = select.select([self._process.stdout], [], [], PATIENCE)
        assert told, self.said()
        self.began = time.monotonic()
        assert int(self._process.stdout.readline()) == -signal.SIGKILL, self.said()

    def said(self) -> str:
        """Return all that it complained of, to put into a failed assertion's message."""
        self._log.seek(0)
        return self._log.read().decode()

    def close(self) -> None:
        """Kill it, and what starts it anew."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._log.close()


class Writers:
    """Threads that record one entry after the other, each in a transaction of its own."""

    def __init__(self) -> None:
        self.written: list[list[int]] = [[] for _writer in range(WRITERS)]
        self.failures: list[Exception] = []
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)
        ]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let them write while the block runs."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join()
        assert not self.failures, self.failures

    def _write(self, number: int) -> None:
        try:
            while not self._over.wait(PAUSE):
                mine = self.written[number]
                with transaction.atomic():
                    fact = Happened(subject=f"writer:{number}", number=len(mine))
                    entry = record(fact, by=SYSTEM)
                mine.append(entry.pk)
        except Exception as error:
            self.failures.append(error)
        finally:
            connection.close()


def killed_at(points: list[str], *, starts_fresh: bool = False) -> float:
    """Let a sealer die at each point and the next one recover; answer the longest recovery, in s.

    A recovery ends when all that was recorded before the death is sealed and reacted to.
    """
    longest, burst = 0.0, 0
    writers = Writers()
    pipeline = DyingPipeline(starts_fresh=starts_fresh)
    try:
        with writers.writing():
            recover(pipeline)
            notices = Notice.objects.count()
            for point in points:
                before = sealed()
                pipeline.dies_at(point)
                with transaction.atomic():
                    for number in range(BURST):
                        record(Happened(subject="burst:1", number=burst + number), by=SYSTEM)
                burst += BURST
                pipeline.wait_for_death()
                longest = max(longest, recover(pipeline))
                assert sealed()[: len(before)] == before, point
            newcomer()
        until(is_done)
    finally:
        pipeline.close()
    nothing_went_wrong(writers, burst)
    assert Notice.objects.count() == notices + 2, "Both administrators are told."
    return longest


def recover(pipeline: DyingPipeline) -> float:
    """Wait until all that is recorded by now is sealed and reacted to; answer how long it took."""
    newest = Entry.objects.latest("id").pk

    def has_recovered() -> bool:
        if not Seal.objects.filter(entry_id=newest).exists():
            return False
        waiting = Entry.objects.filter(seal=None, stray=None, pk__lte=newest)
        leaf = Seal.objects.get(entry_id=newest).leaf_index
        return reacted_to() >= leaf and not waiting.exists()

    try:
        until(has_recovered)
    except AssertionError:
        pytest.fail(f"It has not recovered: {pipeline.said()}")
    return time.monotonic() - pipeline.began


def is_done() -> bool:
    """Return whether nothing is left to do: all is reacted to, and the newest head kept outside."""
    # In this order: a reaction records what it does in the transaction that moves the cursor.
    reacted, kept = reacted_to(), last_head.kept_tree()
    return kept is not None and reacted + 1 == kept.size == Entry.objects.count()


def sealed() -> list[tuple[int, int, str]]:
    """Return every leaf with its entry and hash, in order."""
    return list(
        Seal.objects.order_by("leaf_index").values_list("leaf_index", "entry_id", "leaf_hash")
    )


def nothing_went_wrong(writers: Writers, burst: int) -> None:
    """Every entry has one leaf, in the order in which each writer wrote; the whole ledger fits."""
    leaves = sealed()
    assert [leaf for leaf, _entry, _hash in leaves] == list(range(len(leaves)))
    places = {entry: leaf for leaf, entry, _hash in leaves}
    assert len(places) == len(leaves) == Entry.objects.count() == sealed_size()
    assert not Stray.objects.exists()
    numbered = Entry.objects.filter(kind=Happened.kind)
    for number, written in enumerate(writers.written):
        mine = numbered.filter(subject=f"writer:{number}")
        by_place = sorted(mine, key=lambda entry: places[entry.pk])
        assert [entry.pk for entry in by_place] == written
        assert [entry.payload["number"] for entry in by_place] == list(range(len(written)))
    bursts = sorted(numbered.filter(subject="burst:1"), key=lambda entry: places[entry.pk])
    assert [entry.payload["number"] for entry in bursts] == list(range(burst))
    assert verify_ledger().faults == ()


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_a_killed_sealer_loses_nothing(committed_database: None, chance: Random) -> None:
    """At some of the points, one after the other."""
    killed_at(chance.sample(list(POINTS), FEW))


@pytest.mark.campaign
@pytest.mark.parametrize("point", POINTS)
def test_a_sealer_killed_ten_times_recovers(
    committed_database: None, point: str, record_property: Callable[[str, object], None]
) -> None:
    """At the same point each time; says the longest recovery, the process's start among it."""
    longest = killed_at([point] * 10, starts_fresh=True)
    record_property("kills", 10)
    record_property("longest recovery in seconds", f"{longest:.1f}")
