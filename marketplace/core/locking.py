"""Fetch one row to change it: tenancy, "not found" and the lock in one line."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from marketplace.core.errors import NotFound

Row = TypeVar("Row", bound=Model)


def locked(rows: QuerySet[Row], *, pk: UUID | str | int) -> Row:
    """Answer the row, locked until the transaction ends.

    Raises:
        NotFound: no such row among `rows`, which hold only what the actor may see.
    """
    return _one(rows.select_for_update(of=("self",)), pk)


def share_locked(rows: QuerySet[Row], *, pk: UUID | str | int) -> Row:
    """Answer the row so that nobody can change it until the transaction ends.

    PostgreSQL takes `FOR SHARE`, so readers do not queue behind each other; SQLite has one writer
    at a time and needs no more than the transaction.

    Raises:
        NotFound: no such row among `rows`.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(rows.model._meta.db_table)
        column = connection.ops.quote_name(str(rows.model._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s FOR SHARE", [pk])
    return _one(rows, pk)


def hold_still(*rows: Model) -> None:
    """Let nobody change these rows until the transaction ends, as `share_locked` does for one.

    PostgreSQL locks them in one statement, in the order given. What was read before may be old by
    then: read it anew.
    """
    if connection.vendor != "postgresql" or not rows:
        return
    quoted = connection.ops.quote_name
    names = [f"row_{place}" for place in range(len(rows))]
    tables = ", ".join(
        f"{quoted(row._meta.db_table)} {name}" for row, name in zip(rows, names, strict=True)
    )
    held = " AND ".join(
        f"{name}.{quoted(str(row._meta.pk.column))} = %s"
        for row, name in zip(rows, names, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {tables} WHERE {held} FOR SHARE", [row.pk for row in rows])


def visible(rows: QuerySet[Row], *, pk: UUID | str | int) -> Row:
    """Answer the row to look at.

    Raises:
        NotFound: no such row among `rows`.
    """
    return _one(rows, pk)


def _one(rows: QuerySet[Row], pk: UUID | str | int) -> Row:
    row = rows.filter(pk=pk).first()
    if row is None:
        name = rows.model._meta.verbose_name
        raise NotFound(_("There is no such %(thing)s, or you may not see it.") % {"thing": name})
    return row
