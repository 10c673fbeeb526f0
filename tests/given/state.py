"""All that the database keeps, as one value: what two moments have in common can be compared."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction

from marketplace.ledger import last_head
from tests.given.meddling import taken_back, watch

OURS = "marketplace."
ASIDE = {"last_login"}
"""Signing in is noted on a person, and is no act."""

COUNTED = {"accounts_signingtries", "annotation_rowlook"}
"""What counts tries, or says what was shown, grows by what is refused, and is there for that."""

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""By table; the first value of a row is its key."""

WRITTEN = """
SELECT relname, pg_current_xact_id()::text, written FROM (
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid) AS written
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
) AS counted
"""
"""How many rows of each table were written in this transaction of PostgreSQL, which triggers wrote
and which were taken back among them."""

_seen: dict[tuple[str, ...], tuple[object, dict[str, int], Rows]] = {}
"""What was seen last of some tables: in which transaction, what was written by then, the rows."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done here, so that what follows finds the same state."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    last_head.replace(None)


def kept_rows() -> Rows:
    """Return every row of every table of ours, but for answers that the API keeps and counts."""
    return _rows(
        {
            table: [column for column in columns if column not in ASIDE]
            for table, columns in all_columns().items()
            if table in _ours()
        }
    )


def changed_tables(before: Rows) -> list[str]:
    """Name the tables whose rows are others than they were."""
    return [table for table, rows in kept_rows().items() if rows != before[table]]


def all_rows() -> Rows:
    """Return every row of every table, whoever's it is."""
    return _rows(all_columns())


def rows_of(table: str) -> list[Row]:
    """Return every row of a table."""
    return _rows({table: all_columns()[table]})[table]


@functools.cache
def all_columns() -> dict[str, list[str]]:
    """Return the columns of each table, the key first."""
    return {
        model._meta.db_table: [
            str(field.column)
            for field in sorted(
                model._meta.concrete_fields, key=lambda field: not field.primary_key
            )
        ]
        for model in apps.get_models(include_auto_created=True)
    }


@functools.cache
def _ours() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        and model._meta.app_label != "web"
        and model._meta.db_table not in COUNTED
    }


def _rows(wanted: dict[str, list[str]]) -> Rows:
    """Return rows as the database keeps them; within a transaction read only what was written."""
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return read_anew(wanted)
    watch()
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        counted = cursor.fetchall()
    written = {table: count for table, _transaction, count in counted}
    # A table that was taken back to an earlier state counts as written no more often.
    when = (counted[0][1], taken_back())
    key = tuple(f"{table} {columns}" for table, columns in wanted.items())
    before, counts, rows = _seen.get(key, (None, {}, {}))
    if before != when:
        rows, counts = {}, {}
    changed = [table for table in wanted if table not in rows or written[table] != counts[table]]
    rows = rows | read_anew({table: wanted[table] for table in changed})
    _seen[key] = when, written, rows
    return {table: rows[table] for table in wanted}


def read_anew(wanted: dict[str, list[str]]) -> Rows:
    """Read rows, whatever Python would make of their values."""
    if not wanted:
        return {}
    questions = [_question(table, columns) for table, columns in wanted.items()]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return {
                table: cursor.execute(question).fetchall()
                for table, question in zip(wanted, questions, strict=True)
            }
        # A server is asked for all at once: most tables are empty, and the way there is what costs.
        cursor.execute("; ".join(questions))
        found: Rows = {}
        for table in wanted:
            found[table] = cursor.fetchall()
            cursor.nextset()
        return found


def _question(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    raw = "{}::text" if connection.vendor == "postgresql" else "+{}"
    values = ", ".join(raw.format(quote(column)) for column in columns)
    return f"SELECT {values} FROM {quote(table)} ORDER BY {quote(columns[0])}"
