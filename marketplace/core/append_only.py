"""Tables that only grow: triggers on both databases, and the check that they stand."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY: dict[str, tuple[str, ...]] = {}
"""Table → what tells one row from another, registered by the app that owns the table.

Each entry is a column, or several joined by commas that do so together: every unique index of the
table, since REPLACE deletes whatever row stands in its way.
"""


REQUIRED: dict[str, tuple[str, ...]] = {}
"""Table → further triggers that it must have on both databases, by name."""


def require(table: str, *triggers: str) -> None:
    """Name further triggers without which a table must not stand."""
    REQUIRED[table] = (*REQUIRED.get(table, ()), *triggers)


def register(table: str, *, key: Iterable[str]) -> None:
    """Name a table that must carry the triggers."""
    APPEND_ONLY[table] = tuple(key)


def trigger_names(table: str, vendor: str) -> tuple[str, ...]:
    """Name the triggers that the table must have on a backend."""
    if vendor == "postgresql":
        return (f"{table}_no_change", f"{table}_no_truncate")
    return (f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace")


def install(schema_editor: BaseDatabaseSchemaEditor, table: str, *, key: Iterable[str]) -> None:
    """Create the triggers; for migrations, whose texts must not depend on later registrations."""
    for statement in _statements(schema_editor.connection.vendor, table, tuple(key)):
        schema_editor.execute(statement, params=None)


def remove(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Drop the triggers; the way back of a migration."""
    for name in trigger_names(table, schema_editor.connection.vendor):
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """List the triggers that should be in the database and are not.

    Django rebuilds a SQLite table to change it, and drops its triggers without a word.
    """
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {row[0] for row in cursor.fetchall()}
    wanted = (
        name
        for table in dict.fromkeys((*APPEND_ONLY, *REQUIRED))
        if table in present
        for name in (
            *(trigger_names(table, connection.vendor) if table in APPEND_ONLY else ()),
            *REQUIRED.get(table, ()),
        )
    )
    return sorted(name for name in wanted if name not in found)


def _statements(vendor: str, table: str, key: tuple[str, ...]) -> list[str]:
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
