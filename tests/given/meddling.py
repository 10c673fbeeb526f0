"""Count what changes the ground under a test: statements that write, patches, other settings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.core.signals import setting_changed
from django.db import connection

READS = ("SELECT", "SAVEPOINT", "RELEASE")
"""How statements begin that change no row; what was taken back again counts as a change."""

TAKES_BACK = ("ROLLBACK", "TRUNCATE", "ALTER", "DROP")
"""How statements begin that change rows which PostgreSQL does not count as written."""

PATCHING = ("setattr", "delattr", "setitem", "delitem", "setenv", "delenv", "undo")
_changes = count(1)
_last = [0]
_taken_back = [0]


def meddled() -> int:
    """Return how often something was changed in this process since it began to watch."""
    return _last[0]


def taken_back() -> int:
    """Return how often rows changed that were not written, since this process began to watch."""
    return _taken_back[0]


def watch() -> None:
    """Watch the connection of this thread from here on."""
    if _around not in connection.execute_wrappers:
        connection.execute_wrappers.append(_around)


def _note(**_of_a_signal: object) -> None:
    _last[0] = next(_changes)


def _around(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    statement = str(sql)[:40].lstrip().upper()
    if not statement.startswith(READS):
        _note()
    if statement.startswith(TAKES_BACK):
        _taken_back[0] = _last[0]
    return execute(sql, params, many, context)


def _noted(method: Callable[..., Any]) -> Callable[..., Any]:
    def patch(self: pytest.MonkeyPatch, *args: Any, **kwargs: Any) -> Any:
        _note()
        return method(self, *args, **kwargs)

    return patch


setting_changed.connect(_note)
for _name in PATCHING:
    setattr(pytest.MonkeyPatch, _name, _noted(getattr(pytest.MonkeyPatch, _name)))
