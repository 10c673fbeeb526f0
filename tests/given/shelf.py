"""Builders whose result is kept: what their acts wrote is written again, and not acted again.

Most tests begin with one of the same states, each of which takes dozens of acts to reach. The first
test of a session that asks a builder for one reaches it by the acts. Later ones get the same rows
and files back, as long as nothing has happened yet in their database, or nothing but what other
builders gave in the same order: else the acts run again.

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
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import AutoField, Model
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from tests.given.meddling import meddled, watch
from tests.given.shared_shelf import fetched, publish
from tests.given.state import Row, Rows, all_columns, all_rows, rows_of

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

ACCOUNTS = "books_account"
"""Triggers move its balances with every transfer, so these are written once more afterwards."""

LAST = ("books_transfer", "treasury_dayclosing", "listings_revision", "listings_listing")
"""After all others, in this order: triggers ask for a transfer's accounts, for closed days, for a
revision's version and product, and for a listing's revision."""


@dataclass(frozen=True)
class Kept:
    """What a builder answered and wrote; files by their place in the vault, which others have too.

    `title` is this result's own: another process may have built the same, with other keys.
    """

    title: str
    answer: Any
    new: Rows
    changed: Rows
    files: dict[Path, bytes]
    after_commit: list[Callable[[], None]]


@dataclass(frozen=True)
class Stage:
    """How the database of a test stands: by which builders, and how one tells that it still does.

    built: the title of the last builder's result; "" where there is the world alone.
    entries: the facts that are recorded by then.
    meddled: what was written, patched or set by then in this process, whoever did it.
    files: when each file of the vault was written, and how large it is.
    """

    built: str
    entries: int
    meddled: int
    files: dict[Path, tuple[int, int]]


_shelf: dict[str, Kept] = {}
_unfit: set[str] = set()
"""What takes rows away, and so cannot be kept."""

_entries_of_world: list[int] = []
_looked: list[tuple[int, Rows]] = []
"""The rows that were seen last, and what had been written by then."""

_stage: list[Stage] = []
"""The last one, if any."""

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
    """Let a builder take its result from the shelf, where nothing but other results is there."""

    @functools.wraps(build)
    def take(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        watch()
        if _alone.get() and not connection.in_atomic_block and _is_world_alone():
            # What was kept for tests that commit nothing will do: no act waits for a commit to
            # write anything.
            with transaction.atomic():
                return take(*args, **kwargs)
        before = built()
        name = "" if before is None else f"{before} {_name(build, args, kwargs)}"
        if before is None or " at 0x" in name or name in _unfit:
            return build(*args, **kwargs)
        result = _shelf.get(name) or fetched(name)
        if result is not None:
            _write_again(result)
            answer: Answer = copy.deepcopy(result.answer)
        else:
            answer, result = _watched(lambda: build(*args, **kwargs))
            if result is None:
                _unfit.add(name)
                return answer
            publish(name, result)
        _shelf[name] = result
        _stage[:] = [_stage_now(result.title)]
        return answer

    return take


def built() -> str | None:
    """Return by which builders the database became what it is; None where others have a part."""
    # What a test commits others may have changed too, and left no fact.
    if not connection.in_atomic_block:
        return None
    entries = Entry.objects.count()
    if [entries] == _entries_of_world:
        return ""
    if not (_stage and _stage[0].entries == entries):
        return None
    stage = _stage[0]
    is_as_left = stage.meddled == meddled() and all(
        path.exists() and _look_of(path) == look for path, look in stage.files.items()
    )
    return stage.built if is_as_left else None


def _is_world_alone() -> bool:
    return [Entry.objects.count()] == _entries_of_world


def _stage_now(built: str) -> Stage:
    files = {path: _look_of(path) for path in _files() if path.exists()}
    return Stage(built, Entry.objects.count(), meddled(), files)


def _look_of(path: Path) -> tuple[int, int]:
    return path.stat().st_mtime_ns, path.stat().st_size


def _name(build: Callable[..., object], args: object, kwargs: object) -> str:
    """Name a result by all that it depends on."""
    now = clock.now()
    is_running = abs(now - timezone.now()) < timedelta(seconds=1)
    when = clock.today() if is_running else now
    rules = (settings.CENTRE, settings.CENTRE_DOMAIN, settings.KEY_ENCRYPTION_KEY)
    told = (_told(args), _told(kwargs), str(when), get_language(), rules)
    return f"{build.__module__}.{build.__qualname__} {told!r}"


def _told(value: Any) -> Any:
    """Name things by their keys: two may have the same title."""
    if isinstance(value, Model):
        return value._meta.label, value.pk
    if isinstance(value, tuple | list):
        return [_told(one) for one in value]
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items()}
    return value


def _watched(build: Callable[[], Answer]) -> tuple[Answer, Kept | None]:
    """Build, and note what that wrote; None where it took rows away."""
    files, before = set(_files()), _rows_now()
    waiting = len(connection.run_on_commit)
    answer = build()
    after_commit = [given[1] for given in connection.run_on_commit[waiting:]]
    after = _rows_now()
    new, changed = {}, {}
    for table, rows in after.items():
        known = {row[0]: row for row in before[table]}
        if not known.keys() <= {row[0] for row in rows}:
            return answer, None
        new[table] = [row for row in rows if row[0] not in known]
        changed[table] = [row for row in rows if row[0] in known and row != known[row[0]]]
    return answer, Kept(
        title=uuid4().hex,
        answer=copy.deepcopy(answer),
        new={table: rows for table, rows in new.items() if rows},
        changed={table: rows for table, rows in changed.items() if rows},
        files={
            path.relative_to(vault_folder()): path.read_bytes() for path in set(_files()) - files
        },
        after_commit=after_commit,
    )


def _rows_now() -> Rows:
    """Return every row; where builders build on others, nothing was written since the last look."""
    if not (_looked and _looked[0][0] == meddled()):
        _looked[:] = [(meddled(), all_rows())]
    return _looked[0][1]


def _write_again(what: Kept) -> None:
    for place, content in what.files.items():
        path = vault_folder() / place
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
    with transaction.atomic():
        # What was superseded makes room for what superseded it.
        for table, rows in what.changed.items():
            if table != ACCOUNTS:
                _update(table, rows)
        there = rows_of(ACCOUNTS) if LAST[0] in what.new else []
        _update(ACCOUNTS, [_rich(row) for row in there])
        for table in sorted(what.new, key=_when):
            rows = what.new[table]
            _insert(table, [_rich(row) for row in rows] if table == ACCOUNTS else rows)
        _update(ACCOUNTS, [*there, *what.new.get(ACCOUNTS, [])])
        _update(ACCOUNTS, what.changed.get(ACCOUNTS, []))
        for call in what.after_commit:
            transaction.on_commit(call)


def _files() -> list[Path]:
    stored = StoredFile.objects.filter(removed_at=None).values_list("path", flat=True)
    return [vault_folder() / path for path in stored]


def _rich(account: Row) -> Row:
    """Return an account that no transfer overdraws, in whatever order they come."""
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
