"""How a worker keeps the run that it holds, and learns that it lost it."""

from __future__ import annotations

import logging
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType

from django.conf import settings
from django.db import OperationalError, close_old_connections, connections

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound, WrongState
from marketplace.preparation.models import Run, Step
from marketplace.preparation.services.leases import beat_run

log = logging.getLogger(__name__)

WRITE_SECONDS = 0.5
"""Progress is written no more often than this."""


class RunLost(Exception):
    """The run was cancelled, or another worker has it; nothing more may be said of it."""


class Heartbeat:
    """Renews the lease of a run while the work goes on, from the work's own reports and a thread.

    The engine is silent while it searches, so the thread speaks up whenever nothing was reported
    for a third of the lease.
    """

    def __init__(self, run: Run, *, by: Actor) -> None:
        self._run = run
        self._by = by
        self._lease: float = settings.CENTRE["RUN_LEASE_SECONDS"]
        self._progress = 0
        self._step = Step.OPEN
        self._beaten_at = monotonic()
        self._beating = Lock()
        self._lost = Event()
        self._ended = Event()
        self._thread = Thread(target=self._watch, name=f"heartbeat-{run.pk}", daemon=True)

    def __enter__(self) -> Heartbeat:
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

    def report(self, share: float, step: Step) -> None:
        """Say how far the work is, from 0 to 1.

        Raises:
            RunLost: the work must stop.
        """
        changed = step != self._step
        self._progress, self._step = round(share * 1000), step
        if changed or monotonic() - self._beaten_at >= WRITE_SECONDS:
            self._beat()
        if self._lost.is_set():
            raise RunLost

    def _watch(self) -> None:
        try:
            while not self._ended.wait(self._lease / 12):
                if monotonic() - self._beaten_at >= self._lease / 3:
                    self._beat()
                if self._lost.is_set():
                    return
        finally:
            connections.close_all()

    def _beat(self) -> None:
        with self._beating:
            try:
                beat_run(
                    self._run.pk,
                    attempt=self._run.attempt,
                    progress=self._progress,
                    step=self._step,
                    by=self._by,
                )
            except (WrongState, NotFound):
                self._lost.set()
            except OperationalError:
                # The database is busy or away. The lease is long enough for the next try, and
                # whoever finishes is asked again whether the run is still theirs.
                log.warning("The lease of run %s could not be renewed.", self._run.pk)
                close_old_connections()
            else:
                self._beaten_at = monotonic()
