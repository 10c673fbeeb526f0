"""How a worker keeps the job that it holds by a lease, and learns that it lost it."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.db import close_old_connections, connections

from marketplace.core import Actor
from marketplace.core.errors import NotFound, WrongState
from marketplace.core.faults import DATABASE_AWAY
from marketplace.jobs.models import WHOLE
from marketplace.jobs.queues import J, Queue, do_nothing
from marketplace.jobs.services import beat_job

log = logging.getLogger(__name__)

WRITE_SECONDS = 0.5
"""Progress is written no more often than this."""


class LeaseLost(Exception):
    """The job was cancelled, or another worker has it; nothing more may be said of it."""


class Heartbeat:
    """Renews the lease of a job while its work goes on, from the work's reports and a thread.

    The work may be silent for long, so the thread speaks up whenever nothing was reported for a
    third of the lease.
    """

    def __init__(self, job: J, *, queue: Queue[J], by: Actor) -> None:
        self._told: dict[str, object] = {"progress": 0, **queue.begins}

        def say() -> None:
            beat_job(job.pk, attempt=job.attempt, told=self._told, queue=queue, by=by)

        self._say = say
        self._name = f"{queue.name} {job.pk}"
        self._lease: float = settings.CENTRE["RUN_LEASE_SECONDS"]
        self._beaten_at = monotonic()
        self._wake: Callable[[], None] = do_nothing
        self._late_at = math.inf
        self._beating = Lock()
        self._lost = Event()
        self._ended = Event()
        self._thread = Thread(target=self._watch, name=f"heartbeat of {self._name}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def is_lost(self) -> bool:
        """Return whether the lease is known to be lost."""
        return self._lost.is_set()

    @property
    def is_late(self) -> bool:
        """Return whether work that waits has taken longer than it may."""
        return monotonic() > self._late_at

    def report(self, share: float, step: str | None = None, **more: Any) -> None:
        """Say how far the work is, from 0 to 1, in which step, and what else its queue names.

        Raises:
            LeaseLost: the work must stop.
        """
        before = self._told
        self._told = {**before, "progress": round(share * WHOLE), **more}
        if step is not None:
            self._told["step"] = step
        has_moved_on = self._told.get("step") != before.get("step")
        if has_moved_on or monotonic() - self._beaten_at >= WRITE_SECONDS:
            self._beat()
        if self._lost.is_set():
            raise LeaseLost

    @contextmanager
    def waking(self, wake: Callable[[], None], *, after: float) -> Iterator[None]:
        """Call `wake` from the thread once the lease is lost or so many seconds are over.

        Work that waits, such as for another server, learns of it no other way.

        Raises:
            LeaseLost: it is lost already.
        """
        self._wake, self._late_at = wake, monotonic() + after
        try:
            if self._lost.is_set():
                raise LeaseLost
            yield
        finally:
            self._wake, self._late_at = do_nothing, math.inf

    def _watch(self) -> None:
        try:
            while not self._ended.wait(self._lease / 12):
                if monotonic() - self._beaten_at >= self._lease / 3:
                    self._beat()
                if self.is_lost or self.is_late:
                    self._wake()
                if self.is_lost:
                    return
        finally:
            connections.close_all()

    def _beat(self) -> None:
        with self._beating:
            try:
                self._say()
            except (WrongState, NotFound):
                self._lost.set()
            except DATABASE_AWAY:
                # The database is busy or away. The lease is long enough for the next try, and
                # whoever finishes is asked again whether the work is still theirs.
                log.warning("The lease of the %s could not be renewed.", self._name)
                close_old_connections()
            else:
                self._beaten_at = monotonic()
