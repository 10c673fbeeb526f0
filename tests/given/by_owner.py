"""What no act changes and triggers refuse, altered as the owner of the tables can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet


@contextmanager
def without_triggers(table: str) -> Iterator[None]:
    """Take the triggers of a table away, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No trigger is taken away while a check of keys waits for the end of the transaction.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        stood = cursor.fetchall()
        for name, _text in stood:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, text in stood:
            cursor.execute(text)


def altered(rows: "QuerySet[Any, Any]", **values: object) -> None:
    """Set columns of rows that no act changes."""
    with without_triggers(rows.model._meta.db_table):
        rows.update(**values)


def removed(model: type[Model]) -> None:
    """Delete all rows of a model of which no act deletes any."""
    with without_triggers(model._meta.db_table):
        model._base_manager.all().delete()
