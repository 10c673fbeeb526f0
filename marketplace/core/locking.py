"""Fetch one row to change it: tenancy, "not found" and the lock in one line."""

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _

from marketplace.core.errors import NotFound
from marketplace.core.reading import read_anew
from marketplace.core.versions import compare_expected

Row = TypeVar("Row", bound=Model)


def locked(rows: QuerySet[Row], *, pk: UUID | str | int, of: tuple[str, ...] = ("self",)) -> Row:
    """Return the row, locked until the transaction ends.

    `of` names the rows joined to it that are locked with it, each in its order.

    Raises:
        NotFound: no such row among `rows`, which hold only what the actor may see.
        ChangedMeanwhile: it is of another version than whoever asks has seen.
    """
    read_anew()
    lockable = rows.select_for_update(of=of)
    try:
        row = _one(lockable, pk)
    except NotFound:
        # PostgreSQL leaves a row out that somebody changed while this waited for it, if what was
        # joined to it belongs to it no more. Looked at anew it is there.
        row = _one(lockable, pk)
    compare_expected(row)
    return row


def lock_name(name: str, *, shared: bool = False) -> None:
    """Lock what has no row yet by its name, until the transaction ends.

    Two transactions that would each make the first of something meet here. Those that are `shared`
    pass each other, and wait only for one that is not. PostgreSQL takes an advisory lock; SQLite
    has one writer at a time.
    """
    read_anew()
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [name])


def share_locked(rows: QuerySet[Row], *, pk: UUID | str | int) -> Row:
    """Return the row so that nobody can change it until the transaction ends.

    PostgreSQL takes `FOR SHARE`, so readers do not queue behind each other; SQLite has one writer
    at a time and needs no more than the transaction.

    Raises:
        NotFound: no such row among `rows`.
    """
    read_anew()
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(rows.model._meta.db_table)
        column = connection.ops.quote_name(str(rows.model._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s FOR SHARE", [pk])
    return _one(rows, pk)


def share_lock(*rows: Model) -> None:
    """Lock these rows against changes until the transaction ends, as `share_locked` does for one.

    PostgreSQL locks them in one statement, in the order given. What was read before may be old by
    then: read it anew.
    """
    read_anew()
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


def share_locked_rows(rows: QuerySet[Row]) -> list[Row]:
    """Return rows of one table, locked as `share_locked` does for one, in the order of the query.

    They are read as they are locked, so that nothing has to be read anew.
    """
    read_anew()
    if connection.vendor != "postgresql":
        return list(rows)
    statement, values = rows.query.sql_with_params()
    return list(rows.model._base_manager.raw(f"{statement} FOR SHARE", values))


def share_lock_with(row: type[Model], *names: str, pk: UUID) -> bool:
    """Lock a row and those that its foreign keys `names` lead to, as `share_lock` does.

    A name may go on over a row that is not locked itself, as in `product__dataset`: such a row's
    keys must never change. All are locked in one statement, the row itself first and then in the
    order given. Return whether they are: nothing is locked where one of them is missing, or was
    exchanged for another while this waited.
    """
    read_anew()
    if connection.vendor != "postgresql":
        there = {f"{name}__isnull": False for name in names}
        return row._base_manager.filter(pk=pk, **there).exists()
    quoted = connection.ops.quote_name
    tables = {"held": f"{quoted(row._meta.db_table)} held"}
    joined = [f"held.{quoted(str(row._meta.pk.column))} = %s"]
    for name in names:
        model, alias, path = row, "held", ""
        for part in name.split("__"):
            field = model._meta.get_field(part)
            assert isinstance(field, ForeignKey)
            model, before = field.related_model, alias
            path = f"{path}__{part}" if path else part
            alias = quoted(path)
            if path not in tables:
                tables[path] = f"{quoted(model._meta.db_table)} {alias}"
                key = quoted(str(model._meta.pk.column))
                joined.append(f"{alias}.{key} = {before}.{quoted(str(field.column))}")
    held = ", ".join(["held", *(quoted(name) for name in names)])
    statement = (
        f"SELECT 1 FROM {', '.join(tables.values())} WHERE {' AND '.join(joined)} "
        f"FOR SHARE OF {held}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        return cursor.fetchone() is not None


def visible(rows: QuerySet[Row], *, pk: UUID | str | int) -> Row:
    """Return the row to look at.

    Raises:
        NotFound: no such row among `rows`.
    """
    return _one(rows, pk)


def _one(rows: QuerySet[Row], pk: UUID | str | int) -> Row:
    # Without an order: there is one at most, and wide rows are costly to sort even then.
    row = next(iter(rows.filter(pk=pk).order_by()[:1]), None)
    if row is None:
        name = rows.model._meta.verbose_name
        raise NotFound(_("There is no such %(thing)s, or you may not see it.") % {"thing": name})
    return row
