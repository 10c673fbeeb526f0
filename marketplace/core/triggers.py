"""The triggers that the database must have, as their statements say, and the check that it does."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

Statements = Callable[[str], list[str]]
"""Vendor of a database → the statements that make triggers there."""

DECLARED: list[Statements] = []
"""What each app says that its tables must have."""

TRIGGER = re.compile(
    r'CREATE TRIGGER "?(?P<name>\w+)"? (?P<when>BEFORE|AFTER) (?P<events>.+?) '
    r'ON (?:"?\w+"?\.)?"?(?P<table>\w+)"? ?(?P<does>.*)',
    re.DOTALL,
)
FUNCTION = re.compile(
    r"CREATE OR REPLACE FUNCTION (\w+)\(\) RETURNS trigger LANGUAGE plpgsql AS \$\$(.*)\$\$",
    re.DOTALL,
)
CALLED = re.compile(r'EXECUTE FUNCTION (?:"?\w+"?\.)?"?(\w+)"?\(\)')
OF_POSTGRESQL = (
    "SELECT t.tgname, c.relname, t.tgenabled, pg_get_triggerdef(t.oid), f.prosrc "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid "
    "JOIN pg_language l ON l.oid = f.prolang "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)
OF_SQLITE = "SELECT name, tbl_name, 'O', sql, '' FROM sqlite_master WHERE type = 'trigger'"
FIRES = ("O", "A")
"""How PostgreSQL marks a trigger that fires in the sessions of the centre."""


class Fault(StrEnum):
    """What is wrong with a trigger."""

    MISSING = "missing"
    OFF = "off"
    ALTERED = "altered"
    FOREIGN = "foreign"
    UNHEEDED = "unheeded"


@dataclass(frozen=True)
class Trigger:
    """A trigger of a table, its text in one spelling, and on PostgreSQL its function's text."""

    name: str
    table: str
    text: str
    function: str = ""


def declare(statements: Statements) -> None:
    """Say by which statements triggers are made that the database must have."""
    DECLARED.append(statements)


def create(schema_editor: BaseDatabaseSchemaEditor, statements: Statements) -> None:
    """Make triggers, in a migration."""
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(schema_editor: BaseDatabaseSchemaEditor, statements: Statements) -> None:
    """Drop triggers; the way back of a migration."""
    vendor = schema_editor.connection.vendor
    for trigger in _made_by(statements(vendor)):
        on = f" ON {trigger.table}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}", params=None)


def migrated(*each: Statements) -> RunPython:
    """Return the step of a migration that makes triggers, with its way back."""

    def forwards(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statements in each:
            create(schema_editor, statements)

    def backwards(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statements in each:
            drop(schema_editor, statements)

    return RunPython(forwards, backwards)


def wanted(vendor: str) -> dict[tuple[str, str], Trigger]:
    """Return the triggers that a database of a vendor must have, by table and name."""
    return {
        (trigger.table, trigger.name): trigger
        for statements in DECLARED
        for trigger in _made_by(statements(vendor))
    }


def faults(connection: BaseDatabaseWrapper) -> list[tuple[Fault, str, str]]:
    """List what is wrong with the triggers of a database: the fault, the trigger, its table.

    A trigger is compared by its table, its text, its function's text and whether it fires. One that
    nobody declared is told too: it may alter what others keep.
    """
    wrong: list[tuple[Fault, str, str]] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW session_replication_role")
            if (role := cursor.fetchone()[0]) != "origin":
                wrong.append((Fault.UNHEEDED, "session_replication_role", role))
        present = set(connection.introspection.table_names(cursor))
        cursor.execute(OF_POSTGRESQL if connection.vendor == "postgresql" else OF_SQLITE)
        found = {
            (table, name): (fires, Trigger(name, table, _spelled(text), function))
            for name, table, fires, text, function in cursor.fetchall()
        }
    should = {key: each for key, each in wanted(connection.vendor).items() if key[0] in present}
    wrong += [(Fault.FOREIGN, name, table) for table, name in found.keys() - should.keys()]
    for key, trigger in should.items():
        if (fault := _fault_of(trigger, found.get(key))) is not None:
            wrong.append((fault, key[1], key[0]))
    return sorted(wrong, key=lambda each: each[1:])


def _fault_of(trigger: Trigger, stands: tuple[str, Trigger] | None) -> Fault | None:
    if stands is None:
        return Fault.MISSING
    if stands[0] not in FIRES:
        return Fault.OFF
    return None if stands[1] == trigger else Fault.ALTERED


def _made_by(statements: list[str]) -> Iterator[Trigger]:
    matches = (FUNCTION.match(each) for each in statements)
    bodies = {found[1]: found[2] for found in matches if found}
    for statement in statements:
        if found := TRIGGER.match(statement):
            called = CALLED.search(statement)
            function = bodies[called[1]] if called else ""
            yield Trigger(found["name"], found["table"], _spelled(statement), function)


def _spelled(text: str) -> str:
    """Return a trigger's text in one spelling: PostgreSQL orders events and adds the schema."""
    text = " ".join(text.split())
    found = TRIGGER.match(text)
    if found is None:
        return text
    events = " OR ".join(sorted(found["events"].split(" OR ")))
    does = CALLED.sub(r"EXECUTE FUNCTION \1()", found["does"])
    return f"{found['name']} {found['when']} {events} ON {found['table']} {does}".replace('"', "")
