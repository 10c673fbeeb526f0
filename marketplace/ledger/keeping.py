"""Keep answers while no act is done, so that who asks often need not ask everything.

Whatever a right to something hangs on is changed by acts, and each act records what it did, in its
own transaction. So while nothing was recorded since a question was answered, it would be answered
as before. What changes by the clock alone, such as a day that ends, is seen within a second: no
answer is kept for longer. What is frozen, revoked or disputed is refused from the commit of the act
on.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

from marketplace.core import clock

KEPT = timedelta(seconds=1)
PATIENCE = 1.0
"""For how many seconds one who asks waits for another who asks the same."""
MOST_KEPT = 1_000
NEWEST = 100
MARK = (
    "SELECT CAST(coalesce(sum(id), 0) AS bigint) "
    f"FROM (SELECT id FROM ledger_entry ORDER BY id DESC LIMIT {NEWEST}) AS newest"
)

Name = TypeVar("Name", bound=Hashable)
Found = TypeVar("Found")


_mark: ContextVar[int | None] = ContextVar("recorded mark", default=None)


@contextmanager
def one_mark() -> Iterator[None]:
    """Read the mark once for all that is asked within, such as one request.

    What is recorded meanwhile counts as later than the whole.
    """
    token = _mark.set(recorded_mark())
    try:
        yield
    finally:
        _mark.reset(token)


def recorded_mark() -> int:
    """Return a number that grows with every act that records, once it has committed.

    Row numbers commit out of their order, so that the newest alone does not tell: the newest
    hundred are added up. An act during which others recorded more than that does not show.
    """
    with connection.cursor() as cursor:
        cursor.execute(MARK)
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class _Kept(Generic[Found]):
    found: Found
    mark: int
    asked_at: datetime

    def holds(self, mark: int) -> bool:
        return self.mark == mark and self.asked_at <= clock.now() < self.asked_at + KEPT


class KeptAnswers(Generic[Name, Found]):
    """The answers to one question in this process; a name tells all that an answer hangs on.

    What many ask at once is asked once: the others wait for that answer, but never longer than
    `PATIENCE`, since whoever asks may wait for a row that one of them has locked.
    """

    def __init__(self) -> None:
        self._kept: dict[Name, _Kept[Found]] = {}
        self._asking: dict[Name, Lock] = {}

    def answer(
        self, name: Name, ask: Callable[[], Found], *, keeps: Callable[[Found], bool]
    ) -> Found:
        """Return what `ask` says, or said while nothing was recorded since; what it raises passes.

        An answer that `keeps` denies is not kept.
        """
        # Read first, so that what is recorded while the rest is asked counts as later.
        mark, asked_at = _mark.get(), clock.now()
        if mark is None:
            mark = recorded_mark()
        if (kept := self._holding(name, mark)) is not None:
            return kept.found
        with self._one_at_a_time(name):
            if (kept := self._holding(name, mark)) is not None:
                return kept.found
            found = ask()
            self._kept.pop(name, None)
            if keeps(found):
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[name] = _Kept(found, mark, asked_at)
            return found

    def _holding(self, name: Name, mark: int) -> _Kept[Found] | None:
        kept = self._kept.get(name)
        return kept if kept is not None and kept.holds(mark) else None

    @contextmanager
    def _one_at_a_time(self, name: Name) -> Iterator[None]:
        lock = self._asking.setdefault(name, Lock())
        is_first = lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if is_first:
                self._asking.pop(name, None)
                lock.release()
