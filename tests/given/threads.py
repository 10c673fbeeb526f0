"""Several at once, for tests on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from marketplace.core.errors import Refusal

Result = TypeVar("Result")


def at_once(count: int, call: Callable[[int], Result]) -> list[Result | Refusal]:
    """Call from `count` threads that start together; answer each result or refusal.

    Any other exception is raised: a race may refuse, and must not break.
    """
    barrier = Barrier(count, timeout=30)

    def one(number: int) -> Result | Refusal:
        try:
            barrier.wait()
            return call(number)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
