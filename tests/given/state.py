"""All that the database keeps, as one value: what two moments have in common can be compared."""

from __future__ import annotations

import functools
from typing import Any

from django.apps import apps
from django.db import connection

OURS = "marketplace."
ASIDE = {"last_login"}
"""Signing in is noted on a person, and is no act."""

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""By table; the first value of a row is its key."""


def kept_rows() -> Rows:
    """Answer every row of every table of ours, but for the answers that the API keeps."""
    return {
        table: _rows(table, [column for column in columns if column not in ASIDE])
        for table, columns in all_columns().items()
        if table in _ours()
    }


def changed_tables(before: Rows) -> list[str]:
    """Name the tables whose rows are others than they were."""
    return [table for table, rows in kept_rows().items() if rows != before[table]]


def all_rows() -> Rows:
    """Answer every row of every table, whoever's it is."""
    return {table: _rows(table, columns) for table, columns in all_columns().items()}


@functools.cache
def all_columns() -> dict[str, list[str]]:
    """Answer the columns of each table, the key first."""
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
        if model.__module__.startswith(OURS) and model._meta.app_label != "web"
    }


def _rows(table: str, columns: list[str]) -> list[Row]:
    """Answer rows as the database keeps them, whatever Python would make of their values."""
    quote = connection.ops.quote_name
    raw = "{}::text" if connection.vendor == "postgresql" else "+{}"
    values = ", ".join(raw.format(quote(column)) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {values} FROM {quote(table)} ORDER BY {quote(columns[0])}")
        found: list[Row] = cursor.fetchall()
    return found
