"""Named points at which a process of the centre kills itself as `kill -9` would.

Nothing of this is in the centre: the points are statements that its processes send to the database,
moments around a commit, and what the engine says of its progress, seen from outside by wrappers
that only these tests install.
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
METERS = re.compile(r'(INSERT INTO|UPDATE) "delivery_quotapart"')

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
    "arrived": ("committed", lambda sql: 'INSERT INTO "catalog_arrival"' in sql),
    "classified": ("committed", lambda sql: 'INSERT INTO "preparation_columnfinding"' in sql),
    "before-check": ("before", lambda sql: 'INSERT INTO "catalog_qualitycheck"' in sql),
    "checked": ("committed", lambda sql: 'INSERT INTO "catalog_qualitycheck"' in sql),
    "stored": ("after", lambda sql: 'UPDATE "preparation_run"' in sql and '"exclusions"' in sql),
    "judged": ("after", lambda sql: 'INSERT INTO "preparation_riskreport"' in sql),
    "in-the-gate": ("before", lambda sql: 'INSERT INTO "listings_pastoffer"' in sql),
    "between-offers": ("after", lambda sql: 'INSERT INTO "listings_pastoffer"' in sql),
    "moved-on": ("committed", lambda sql: 'INSERT INTO "listings_pastoffer"' in sql),
    "given": ("after", lambda sql: 'INSERT INTO "delivery_givenrevision"' in sql),
    "before-bill": ("before", lambda sql: 'INSERT INTO "orders_charge"' in sql),
    "before-use": ("before", lambda sql: 'INSERT INTO "delivery_use"' in sql),
    "after-use": ("after", lambda sql: 'INSERT INTO "delivery_use"' in sql),
    "before-meter": ("before", lambda sql: METERS.search(sql) is not None),
    "after-meter": ("after", lambda sql: METERS.search(sql) is not None),
    "after-bill": ("after", lambda sql: 'INSERT INTO "orders_charge"' in sql),
}
"""Points at statements: whether before or after it, or after its commit, and which."""

OF_A_REQUEST = (
    "begin", "first-write", "before-fact", "after-fact", "before-commit", "after-commit", "end",
)  # fmt: skip
OF_SCORING = (
    "begin", "first-write", "before-use", "after-use", "before-meter", "after-meter",
    "before-commit", "after-commit", "end",
)  # fmt: skip
OF_THE_LOOP = (
    "before-head", "after-head", "before-grant", "after-grant", "before-notice", "before-cursor",
    "after-cursor", "before-commit", "after-commit",
)  # fmt: skip
OF_A_RUN = (
    "first-write", "before-commit", "after-commit", "before-file", "after-file", "before-copy",
    "after-copy",
)  # fmt: skip
WORKER_ON_THE_LINE = (
    "before-file", "arrived", "classified", "before-check", "checked", "masking", "stored",
    "judged", "before-copy", "after-copy",
)  # fmt: skip
LOOP_ON_THE_LINE = (
    "in-the-gate", "between-offers", "moved-on", "given", "before-notice", "before-bill",
    "after-bill",
)  # fmt: skip

_met = [False]
"""Whether the transaction has sent the statement after whose commit this process dies."""


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
        if _met[0]:
            reach(armed.get())
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
    _met[0] |= hit and when == "committed"
    return done


def watch_masking(owner: Any) -> None:
    """Let the engine's word on how far it is be a point, for the owner of `run_policy`."""
    call = owner.run_policy

    def watched(*given: Any, progress: Any = None, **named: Any) -> Any:
        def told(share: float, step: str) -> None:
            reach("masking")
            if progress is not None:
                progress(share, step)

        return call(*given, progress=told, **named)

    owner.run_policy = watched


def arm_from(file: Path, owner: Any, name: str) -> None:
    """Let each call of an owner's function look into a file for the point at which it dies."""
    call = getattr(owner, name)

    def armed_call(*given: Any, **named: Any) -> Any:
        if file.exists():
            armed.set(file.read_text(encoding="ascii").strip())
            file.unlink()
        return call(*given, **named)

    setattr(owner, name, armed_call)
