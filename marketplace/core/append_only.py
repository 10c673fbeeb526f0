"""Tables that only grow: their triggers on both databases."""

from collections.abc import Iterable
from functools import partial

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import triggers

APPEND_ONLY: dict[str, tuple[str, ...]] = {}
"""Table → what tells one row from another, registered by the app that owns the table.

Each entry is a column, or several joined by commas that do so together: every unique index of the
table, since REPLACE deletes whatever row stands in its way.
"""


def register(table: str, *, key: Iterable[str]) -> None:
    """Name a table that must carry the triggers."""
    APPEND_ONLY[table] = tuple(key)
    triggers.declare(partial(_statements, table, APPEND_ONLY[table]))


def install(schema_editor: BaseDatabaseSchemaEditor, table: str, *, key: Iterable[str]) -> None:
    """Create the triggers; for migrations, whose texts must not depend on later registrations."""
    triggers.create(schema_editor, partial(_statements, table, tuple(key)))


def remove(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Drop the triggers; the way back of a migration."""
    triggers.drop(schema_editor, partial(_statements, table, ("id",)))


def _statements(table: str, key: tuple[str, ...], vendor: str) -> list[str]:
    if vendor == "postgresql":
        function = f"{table}_append_only"
        return [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        ]
    refuse = f"SELECT RAISE(ABORT, '{table} only grows')"
    same = " OR ".join(
        " AND ".join(f"{column} = NEW.{column}" for column in columns.split(",")) for columns in key
    )
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        # REPLACE deletes the old row and fires delete triggers only if they are recursive.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refuse}; END",
    ]
