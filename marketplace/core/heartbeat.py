"""How a worker keeps the long work that it holds by a lease, and learns that it lost it."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Generic, Self, TypeVar

from django.conf import settings
from django.db import close_old_connections, connections

from marketplace.core.errors import NotFound, WrongState
from marketplace.core.faults import DATABASE_AWAY

log = logging.getLogger(__name__)

WRITE_SECONDS = 0.5
"""Progress is written no more often than this."""

Word = TypeVar("Word")


class LeaseLost(Exception):
    """The work was cancelled, or another worker has it; nothing more may be said of it."""


def _nothing() -> None:
    """Do nothing."""


class Heartbeat(Generic[Word]):
    """Renews a lease while the work goes on, from the work's own reports and a thread.

    `say` is the act that renews the lease with a word on how far the work is. The work may be
    silent for long, so the thread speaks up whenever nothing was reported for a third of the lease.
    Where the thread learns that the lease is lost it calls `on_loss`, to wake work that waits.
    """

    def __init__(
        self,
        say: Callable[[Word], object],
        word: Word,
        *,
        name: str,
        on_loss: Callable[[], None] = _nothing,
    ) -> None:
        self._say = say
        self._word = word
        self._name = name
        self._on_loss = on_loss
        self._lease: float = settings.CENTRE["RUN_LEASE_SECONDS"]
        self._beaten_at = monotonic()
        self._beating = Lock()
        self._lost = Event()
        self._ended = Event()
        self._thread = Thread(target=self._watch, name=f"heartbeat-{name}", daemon=True)

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

    def tell(self, word: Word, *, at_once: bool = False) -> None:
        """Say how far the work is.

        Raises:
            LeaseLost: the work must stop.
        """
        self._word = word
        if at_once or monotonic() - self._beaten_at >= WRITE_SECONDS:
            self._beat()
        if self._lost.is_set():
            raise LeaseLost

    def _watch(self) -> None:
        try:
            while not self._ended.wait(self._lease / 12):
                if monotonic() - self._beaten_at >= self._lease / 3:
                    self._beat()
                if self._lost.is_set():
                    self._on_loss()
                    return
        finally:
            connections.close_all()

    def _beat(self) -> None:
        with self._beating:
            try:
                self._say(self._word)
            except (WrongState, NotFound):
                self._lost.set()
            except DATABASE_AWAY:
                # The database is busy or away. The lease is long enough for the next try, and
                # whoever finishes is asked again whether the work is still theirs.
                log.warning("The lease of %s could not be renewed.", self._name)
                close_old_connections()
            else:
                self._beaten_at = monotonic()
