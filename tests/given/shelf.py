"""Builders whose result is kept: what their acts wrote is written again, and not acted again.

Most tests begin with one of the same states, each of which takes dozens of acts to reach. The first
test of a process that asks a builder for one reaches it by the acts. Later ones get the same rows
and files back, as long as nothing has happened yet in their database: else the acts run again.

What waits for a worker is not for the shelf, since on it the wait would go on.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import AutoField
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from tests.given.state import Row, Rows, all_columns, all_rows

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

ACCOUNTS = "trading_account"
"""Triggers move its balances with every transfer, so these are written once more at the end."""

LAST = ("trading_transfer", "trading_dayclosing")
"""After all others, in this order: triggers ask for a transfer's accounts, and for closed days."""


@dataclass(frozen=True)
class Kept:
    """What a builder answered and wrote."""

    answer: Any
    new: Rows
    changed: Rows
    files: dict[Path, bytes]
    after_commit: list[Callable[[], None]]


_shelf: dict[str, Kept] = {}
_entries_of_world: list[int] = []
_alone: ContextVar[bool] = ContextVar("alone", default=False)


def mark_world() -> None:
    """Note how the database looks in which nothing has happened yet."""
    _entries_of_world[:] = [Entry.objects.count()]


@contextmanager
def alone() -> Iterator[None]:
    """Let builders that commit use the shelf too: no thread or process writes beside them."""
    token = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(token)


def kept(build: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a builder take its result from the shelf, where nothing but the world is there."""

    @functools.wraps(build)
    def take(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        name = _name(build, args, kwargs)
        is_alone = connection.in_atomic_block or _alone.get()
        is_new = is_alone and [Entry.objects.count()] == _entries_of_world
        if not is_new or " at 0x" in name:
            return build(*args, **kwargs)
        if name in _shelf:
            _write_again(_shelf[name])
        else:
            _shelf[name] = _watched(lambda: build(*args, **kwargs))
        answer: Answer = copy.deepcopy(_shelf[name].answer)
        return answer

    return take


def _name(build: Callable[..., object], args: object, kwargs: object) -> str:
    """Name a result by all that it depends on."""
    now = clock.now()
    is_running = abs(now - timezone.now()) < timedelta(seconds=1)
    when = clock.today() if is_running else now
    rules = (settings.CENTRE, settings.CENTRE_DOMAIN, settings.KEY_ENCRYPTION_KEY)
    told = (args, kwargs, str(when), get_language(), rules, connection.in_atomic_block)
    return f"{build.__module__}.{build.__qualname__} {told!r}"


def _watched(build: Callable[[], object]) -> Kept:
    """Build, and note what that wrote."""
    files, before = set(_files()), all_rows()
    waiting = len(connection.run_on_commit)
    answer = build()
    after_commit = [given[1] for given in connection.run_on_commit[waiting:]]
    after = all_rows()
    new, changed = {}, {}
    for table, rows in after.items():
        known = {row[0]: row for row in before[table]}
        if not known.keys() <= {row[0] for row in rows}:
            raise AssertionError(f"The builder took rows away from {table}, which is not kept.")
        new[table] = [row for row in rows if row[0] not in known]
        changed[table] = [row for row in rows if row[0] in known and row != known[row[0]]]
    return Kept(
        answer=copy.deepcopy(answer),
        new={table: rows for table, rows in new.items() if rows},
        changed={table: rows for table, rows in changed.items() if rows},
        files={path: path.read_bytes() for path in set(_files()) - files},
        after_commit=after_commit,
    )


def _write_again(what: Kept) -> None:
    for path, content in what.files.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    with transaction.atomic():
        for table in sorted(what.new, key=_when):
            rows = what.new[table]
            _insert(table, [_rich(row) for row in rows] if table == ACCOUNTS else rows)
        for table, rows in what.changed.items():
            _update(table, rows)
        _update(ACCOUNTS, what.new.get(ACCOUNTS, []))
        for call in what.after_commit:
            transaction.on_commit(call)


def _files() -> list[Path]:
    stored = StoredFile.objects.filter(removed_at=None).values_list("path", flat=True)
    return [vault_folder() / path for path in stored]


def _rich(account: Row) -> Row:
    """Answer an account that no transfer overdraws, in whatever order they come."""
    place = all_columns()[ACCOUNTS].index("balance_cents")
    return (*account[:place], 10**15, *account[place + 1 :])


def _when(table: str) -> tuple[int, str]:
    return (LAST.index(table) + 1 if table in LAST else 0, table)


@functools.cache
def _counted() -> set[str]:
    """Name the tables whose keys PostgreSQL counts."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if isinstance(model._meta.pk, AutoField)}


def _insert(table: str, rows: list[Row]) -> None:
    quote = connection.ops.quote_name
    columns = all_columns()[table]
    names = ", ".join(quote(column) for column in columns)
    row = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([row] * len(rows))}",
            [value for row in rows for value in row],
        )
        if connection.vendor == "postgresql" and table in _counted():
            # A database made anew counts from the beginning.
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), MAX({quote(columns[0])})) "
                f"FROM {quote(table)}",
                [table, columns[0]],
            )


def _update(table: str, rows: list[Row]) -> None:
    quote = connection.ops.quote_name
    key, *others = all_columns()[table]
    values = ", ".join(f"{quote(column)} = %s" for column in others)
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(
                f"UPDATE {quote(table)} SET {values} WHERE {quote(key)} = %s", [*row[1:], row[0]]
            )
