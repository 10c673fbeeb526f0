"""Columns that never change: the database refuses it on both databases, as it does that rows go."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Field, Model

from marketplace.core.frozen import FROZEN, Kept
from tests.given import disputes, money, recalls
from tests.given.world import World


@pytest.fixture
def traded(world: World) -> World:
    """Return a world in which most kinds of rows of money and rights are there."""
    money.paid_out(world)
    disputes.proposed(world)
    recalls.recalled(world)
    return world


def refused(statement: str) -> str:
    """Run a statement that the database refuses, and return why."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


def there(kept: Kept) -> bool:
    return kept.model._base_manager.exists()


def other(model: type[Model], column: str) -> str:
    """Return what the column holds in no row."""
    field: Field[object, object] = next(
        each for each in model._meta.concrete_fields if each.column == column
    )
    held = model._base_manager.values_list(field.attname, flat=True).first()
    internal = field.get_internal_type()
    if internal in {"AutoField", "BigAutoField"}:
        return "99999"
    if held is not None:
        return "NULL"
    if internal in {"UUIDField", "ForeignKey", "OneToOneField"}:
        return "'f0000000000040008000000000000000'"
    if internal == "DateField":
        return "'2001-01-01'"
    return "'2001-01-01 00:00:00+00'" if internal == "DateTimeField" else "7"


def test_a_frozen_column_is_not_changed(traded: World) -> None:
    """Of each model that has a row, each column that acts never change."""
    tried = 0
    for table, kept in FROZEN.items():
        if not there(kept):
            continue
        for column in kept.frozen:
            statement = f'UPDATE {table} SET "{column}" = {other(kept.model, column)}'
            assert "keeps what is frozen" in refused(statement), statement
        tried += 1
    assert tried >= 20


def test_the_other_columns_may_change(traded: World) -> None:
    """A row that is written again as it is passes too."""
    for table, kept in FROZEN.items():
        with connection.cursor() as cursor:
            every = ", ".join(
                f'"{each.column}" = "{each.column}"' for each in kept.model._meta.concrete_fields
            )
            cursor.execute(f"UPDATE {table} SET {every}")


def test_a_row_does_not_go(traded: World) -> None:
    """But where an act deletes it. SQLite's REPLACE, which deletes unseen, is refused too."""
    for table, kept in FROZEN.items():
        if kept.may_go or not there(kept):
            continue
        assert "keeps what is frozen" in refused(f"DELETE FROM {table}")
        if connection.vendor == "sqlite":
            again = f"REPLACE INTO {table} SELECT * FROM {table}"
            assert "keeps what is frozen" in refused(again)
        else:
            # What is checked at the end of a transaction is checked now, for it to be emptied.
            connection.check_constraints()
            assert "keeps what is frozen" in refused(f"TRUNCATE {table} CASCADE")


def test_the_refusal_is_one_of_integrity(traded: World) -> None:
    """On both databases it is what the constraints raise."""
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE books_account SET currency = 'USD'")
