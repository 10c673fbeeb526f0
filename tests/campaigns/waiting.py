"""Wait until something has happened; what takes longer than two minutes is stuck."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from tests.campaigns.client import LOST, Told

PATIENCE = 120.0
"""Seconds in which everything that was begun has come to its end."""


def until(happened: Callable[[], bool]) -> None:
    """Look until it has happened."""
    began, waiting = time.monotonic(), Event()
    while not happened():
        assert time.monotonic() - began < PATIENCE, "Something is stuck."
        waiting.wait(0.05)


def answered(call: Callable[[], Told]) -> Told:
    """Ask again until somebody answers: a killed worker takes others' requests with it."""
    told: list[Told] = []

    def once() -> bool:
        told.append(call())
        return told[-1].status != LOST

    until(once)
    return told[-1]
