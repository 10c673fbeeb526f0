"""Closed days that stay closed: the database refuses a transfer of such a day.

The texts are for migrations.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "books_transfer"
TRIGGER = f"{TABLE}_of_an_open_day"
CLOSED = "NEW.created_at < (SELECT MAX(closed_until) FROM treasury_dayclosing)"


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the trigger; the way back of a migration."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}{on}", params=None)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {CLOSED} THEN RAISE EXCEPTION 'the day of the transfer is closed'; "
            "END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()",
        ]
    return [
        f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON {TABLE} BEGIN "
        f"SELECT RAISE(ABORT, 'the day of the transfer is closed') WHERE {CLOSED}; END",
    ]
