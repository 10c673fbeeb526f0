"""Named points at which a process of the centre kills itself as `kill -9` would.

Nothing of this is in the centre: the points are statements that its processes send to the database
and moments around a commit, seen from outside by wrappers that only these tests install.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WRITES = re.compile(r"\s*(WITH \w+ AS \()?(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
RECORDS = re.compile(r'INSERT INTO "?ledger_entry\b')
"""A fact is recorded by a statement of its own, which quotes no names."""

armed: ContextVar[str] = ContextVar("armed", default="")
"""The point at which this request or turn dies; "" for nowhere."""

Meets = Callable[[str], bool]
STATEMENTS: dict[str, tuple[str, Meets]] = {
    "first-write": ("before", lambda sql: WRITES.match(sql) is not None),
    "before-fact": ("before", lambda sql: RECORDS.search(sql) is not None),
    "after-fact": ("after", lambda sql: RECORDS.search(sql) is not None),
    "before-head": ("before", lambda sql: 'INSERT INTO "ledger_head"' in sql),
    "after-head": ("after", lambda sql: 'INSERT INTO "ledger_head"' in sql),
    "before-grant": ("before", lambda sql: 'INSERT INTO "delivery_grant"' in sql),
    "after-grant": ("after", lambda sql: 'INSERT INTO "delivery_grant"' in sql),
    "before-file": ("before", lambda sql: 'INSERT INTO "vault_storedfile"' in sql),
    "after-file": ("after", lambda sql: 'INSERT INTO "vault_storedfile"' in sql),
    "before-copy": ("before", lambda sql: 'UPDATE "preparation_copy"' in sql),
    "after-copy": ("after", lambda sql: 'UPDATE "preparation_copy"' in sql),
    "before-notice": ("before", lambda sql: 'INSERT INTO "notices_notice"' in sql),
    "before-cursor": ("before", lambda sql: 'UPDATE "pipeline_cursor"' in sql),
    "after-cursor": ("after", lambda sql: 'UPDATE "pipeline_cursor"' in sql),
}
"""Points at statements: whether before or after, and which."""

OF_A_REQUEST = (
    "begin", "first-write", "before-fact", "after-fact", "before-commit", "after-commit", "end",
)  # fmt: skip
OF_THE_LOOP = (
    "before-head", "after-head", "before-grant", "after-grant", "before-notice", "before-cursor",
    "after-cursor", "before-commit", "after-commit",
)  # fmt: skip
OF_A_RUN = (
    "first-write", "before-commit", "after-commit", "before-file", "after-file", "before-copy",
    "after-copy",
)  # fmt: skip


def reach(point: str) -> None:
    """Die, where this is the point."""
    if armed.get() == point:
        os.kill(os.getpid(), signal.SIGKILL)


def install() -> None:
    """Watch every statement and every commit of this process."""
    connection_created.connect(_watch, weak=False)
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def committing(self: BaseDatabaseWrapper) -> Any:
        reach("before-commit")
        done = commit(self)
        reach("after-commit")
        return done

    BaseDatabaseWrapper._commit = committing  # type: ignore[attr-defined]


def _watch(connection: BaseDatabaseWrapper, **_given: Any) -> None:
    if _around not in connection.execute_wrappers:
        connection.execute_wrappers.append(_around)


def _around(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    when, meets = STATEMENTS.get(armed.get(), ("", None))
    hit = meets is not None and meets(str(sql))
    if hit and when == "before":
        reach(armed.get())
    done = execute(sql, params, many, context)
    if hit and when == "after":
        reach(armed.get())
    return done


def arm_from(file: Path, owner: Any, name: str) -> None:
    """Let each call of an owner's function look into a file for the point at which it dies."""
    call = getattr(owner, name)

    def armed_call(*given: Any, **named: Any) -> Any:
        if file.exists():
            armed.set(file.read_text(encoding="ascii").strip())
            file.unlink()
        return call(*given, **named)

    setattr(owner, name, armed_call)
