"""The centre's WSGI application with what only campaigns add: points to die at, and mutants.

`X-Kill: POINT` lets the worker that serves the request die there. `X-Mutant: unlocked` takes every
row lock away from the request, and the comparison of rows with their last entry, which refuses most
acts that read a row too early. So one sees that the campaign would notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from django.db.models import QuerySet

from marketplace.wsgi import application as centre
from tests.campaigns import crashing

crashing.install()
mutant: ContextVar[str] = ContextVar("mutant", default="")
"""What this request does without; "" for nothing."""

_select_for_update = QuerySet.select_for_update


def _unless_unlocked(rows: QuerySet[Any], **how: Any) -> QuerySet[Any]:
    return rows.all() if mutant.get() == "unlocked" else _select_for_update(rows, **how)


QuerySet.select_for_update = _unless_unlocked  # type: ignore[method-assign, assignment]
binding: Any = import_module("marketplace.ledger.binding")
"""Imported once the application has set Django up."""
_compare = binding._compare


def _unless_uncompared(row: Any, kind: Any) -> None:
    if mutant.get() != "unlocked":
        _compare(row, kind)


binding._compare = _unless_uncompared


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Serve a request, unless it is to die at its beginning or at its end."""
    token = crashing.armed.set(environ.get("HTTP_X_KILL", ""))
    lacking = mutant.set(environ.get("HTTP_X_MUTANT", ""))
    try:
        crashing.reach("begin")
        answer: Iterable[bytes] = centre(environ, start_response)
        crashing.reach("end")
    finally:
        crashing.armed.reset(token)
        mutant.reset(lacking)
    return answer
