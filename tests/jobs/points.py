"""Points of long work at which a worker may die, watched from outside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from marketplace.jobs import execution, heartbeat
from tests.jobs.kinds import Kind

RECORDS = re.compile(r'INSERT INTO "?ledger_entry\b')
POINTS = {
    "before it is taken": ("before", "take"),
    "before its start is recorded": ("before", "fact"),
    "after its start is recorded": ("after", "fact"),
    "once it is taken": ("folder", ""),
    "before its first word": ("before", "beat"),
    "after its first word": ("after", "beat"),
    "before its result": ("before", "result"),
    "after its result": ("after", "result"),
    "before its end": ("before", "end"),
    "after its end": ("after", "end"),
    "once all is kept": ("ended", ""),
}

AFTER_PAYING = ("before its end", "after its end")
"""What a measurement has paid for by then stays paid for, and is not paid for again."""


def statement_at(kind: Kind, what: str, sql: str) -> bool:
    """Return whether a statement is the one of a point."""
    changes_job = sql.startswith(f'UPDATE "{kind.table}"')
    return {
        "take": changes_job and '"attempt" = ' in sql,
        "fact": RECORDS.search(sql) is not None,
        "beat": changes_job and '"state" = ' not in sql and '"lease_until" = ' in sql,
        "result": sql.startswith(f'INSERT INTO "{kind.result}"'),
        "end": changes_job and '"ended_at" = ' in sql,
    }[what]


@contextmanager
def ended_at(kind: Kind, point: str, end: Callable[[], None]) -> Iterator[None]:
    """Let whoever works meet `end` at a point, the first time that it is reached."""
    when, what = POINTS[point]
    is_over = False

    def meet(*_given: object) -> None:
        nonlocal is_over
        is_over = True
        end()

    def around(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        hit = bool(what) and not is_over and statement_at(kind, what, str(sql))
        if hit and when == "before":
            meet()
        done = execute(sql, params, many, context)
        if hit and when == "after":
            meet()
        return done

    with pytest.MonkeyPatch.context() as patched, connection.execute_wrapper(around):
        # Each word is written, so that there is a first one of every kind.
        patched.setattr(heartbeat, "WRITE_SECONDS", 0.0)
        if when == "folder":
            patched.setattr(execution, "work_folder", meet)
        if when == "ended":
            patched.setattr(heartbeat.Heartbeat, "__exit__", meet)
        yield
