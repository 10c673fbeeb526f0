"""Each trigger is compared with what the centre made: table, text, function, and that it fires."""

import pytest
from django.db import connection

from marketplace.core import triggers
from marketplace.ledger.guards import trigger_faults
from tests.given.world import World

pytestmark = pytest.mark.django_db

EMPTIED = {
    "postgresql": (
        "CREATE OR REPLACE FUNCTION books_transfer_append_only() RETURNS trigger "
        "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        ("books_transfer_no_change", "books_transfer_no_truncate"),
        "altered",
    ),
    "sqlite": (
        "DROP TRIGGER books_transfer_no_update; CREATE TRIGGER books_transfer_no_update "
        "BEFORE UPDATE ON books_transfer BEGIN SELECT 1; END",
        ("books_transfer_no_update",),
        "altered",
    ),
}
OTHER_TABLE = {
    "postgresql": (
        "DROP TRIGGER books_transfer_no_change ON books_transfer; CREATE TRIGGER "
        "books_transfer_no_change BEFORE UPDATE OR DELETE ON treasury_bankline "
        "FOR EACH ROW EXECUTE FUNCTION books_transfer_append_only()",
        ("books_transfer_no_change",),
        "missing",
    ),
    "sqlite": (
        "DROP TRIGGER books_transfer_no_update; CREATE TRIGGER books_transfer_no_update "
        "BEFORE UPDATE ON treasury_bankline BEGIN SELECT RAISE(ABORT, 'books_transfer only grows');"
        " END",
        ("books_transfer_no_update",),
        "missing",
    ),
}
RENAMED = {
    "postgresql": (
        "ALTER TRIGGER books_transfer_no_change ON books_transfer RENAME TO other",
        ("books_transfer_no_change", "other"),
        "not made by the centre",
    ),
    "sqlite": (
        "DROP TRIGGER books_transfer_no_update; CREATE TRIGGER other BEFORE UPDATE "
        "ON books_transfer BEGIN SELECT RAISE(ABORT, 'books_transfer only grows'); END",
        ("books_transfer_no_update", "other"),
        "not made by the centre",
    ),
}


def told(script: str) -> str:
    """Alter the triggers; return what is told of them."""
    assert triggers.faults(connection) == []
    with connection.cursor() as cursor:
        for statement in script.split("; ") if "BEGIN" not in script else parts(script):
            cursor.execute(statement)
    return "\n".join(trigger_faults(connection))


def parts(script: str) -> list[str]:
    """Split a drop from the trigger that is made in its place."""
    first, mark, rest = script.partition("; CREATE")
    return [first, mark.removeprefix("; ") + rest] if script.startswith("DROP") else [script]


@pytest.mark.parametrize("how", [EMPTIED, OTHER_TABLE, RENAMED], ids=["empty", "table", "name"])
def test_an_altered_trigger_is_named(how: dict[str, tuple[str, tuple[str, ...], str]]) -> None:
    """A function that does nothing, another table and another name are seen."""
    script, names, word = how[connection.vendor]
    found = told(script)
    assert word in found
    assert all(name in found for name in names)


@pytest.mark.parametrize("how", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_is_switched_off_is_named(how: str) -> None:
    """One that fires for replicas alone does not fire for the centre."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no triggers that are switched off.")
    script = f"ALTER TABLE books_transfer {how} books_transfer_moves_balances"
    assert told(script) == "The trigger books_transfer_moves_balances is switched off."


def test_a_trigger_that_always_fires_is_right() -> None:
    """`A` fires for replicas too."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such state.")
    script = "ALTER TABLE books_transfer ENABLE ALWAYS TRIGGER books_transfer_moves_balances"
    assert told(script) == ""


def test_a_session_that_heeds_no_trigger_is_named() -> None:
    """A setting of the role or the database would switch all of them off at once."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such setting.")
    assert "session_replication_role" in told("SET LOCAL session_replication_role = replica")


def test_every_trigger_of_a_first_row_is_asked_for(world: World) -> None:
    """SQLite has one more for each pair of people, which guards what is inserted."""
    at_first = [name for _, name in triggers.wanted("sqlite") if name.endswith("_at_first")]
    assert len(at_first) >= 20
    if connection.vendor == "sqlite":
        assert at_first[0] in told(f"DROP TRIGGER {at_first[0]}")
