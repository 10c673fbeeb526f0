"""The database keeps the books: transfers only grow, and no balance falls below zero."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core import triggers
from marketplace.trading.books.models import Account, AccountKind, Transfer
from tests.given import trading as given
from tests.given.world import World

COLUMNS = (
    "id, created_at, amount, currency, kind, cause, credit_id, debit_id, belongs_to, booked_on"
)
COPY = f"SELECT {COLUMNS} FROM books_transfer"
REFUSED = [
    "UPDATE books_transfer SET amount = 1",
    "UPDATE books_transfer SET amount = amount",
    "DELETE FROM books_transfer",
    "DELETE FROM books_transfer WHERE amount > 0",
]
REPLACING = (
    "INSERT OR REPLACE INTO books_transfer ({columns}) SELECT {id}, created_at, 1, currency, "
    "kind, {cause}, credit_id, debit_id, belongs_to, booked_on FROM books_transfer "
    "WHERE kind = 'hold'"
)
"""A row that meets an old one at one unique index, where REPLACE would remove that row."""
REFUSED_BY = {
    "postgresql": [
        *REFUSED,
        "TRUNCATE books_transfer CASCADE",
        f"INSERT INTO books_transfer ({COLUMNS}) {COPY} ON CONFLICT (id) DO UPDATE SET amount = 1",
        f"INSERT INTO books_transfer ({COLUMNS}) {COPY} "
        "ON CONFLICT (cause) DO UPDATE SET amount = 1",
        "MERGE INTO books_transfer AS t USING books_account AS a ON t.debit_id = a.id "
        "WHEN MATCHED THEN UPDATE SET amount = 1",
        "MERGE INTO books_transfer AS t USING books_account AS a ON t.debit_id = a.id "
        "WHEN MATCHED THEN DELETE",
    ],
    "sqlite": [
        *REFUSED,
        "UPDATE OR REPLACE books_transfer SET cause = 'x'",
        f"INSERT OR REPLACE INTO books_transfer ({COLUMNS}) {COPY}",
        f"REPLACE INTO books_transfer ({COLUMNS}) {COPY}",
        REPLACING.format(columns=COLUMNS, id="id", cause="'another'"),
        REPLACING.format(columns=COLUMNS, id="'0'", cause="cause"),
        f"INSERT INTO books_transfer ({COLUMNS}) {COPY} WHERE true "
        "ON CONFLICT (id) DO UPDATE SET amount = 1",
        f"INSERT INTO books_transfer ({COLUMNS}) {COPY} WHERE true "
        "ON CONFLICT (cause) DO UPDATE SET amount = 1",
    ],
}
ADDING = (
    "INSERT INTO books_transfer ({columns}) SELECT {id}, {at}, {amount}, {currency}, "
    "kind, 'another', {credit}, {debit}, belongs_to, booked_on FROM books_transfer "
    "WHERE cause LIKE '%:hold'"
)


def run(statement: str) -> None:
    """Run a statement as whoever holds the database's password would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def adding(**changes: str) -> str:
    """Write a statement that books the hold of an order once more, with something changed."""
    usual = {
        "id": "gen_random_uuid()" if connection.vendor == "postgresql" else f"'{uuid4().hex}'",
        "at": "created_at",
        "amount": "1",
        "currency": "currency",
        "credit": "credit_id",
        "debit": "debit_id",
    }
    return ADDING.format(columns=COLUMNS, **usual | changes)


def test_transfers_only_grow(world: World) -> None:
    """Neither changed, removed nor replaced, in whatever words it is asked."""
    given.paid(world)
    # PostgreSQL truncates no table of which a deferred key waits to be checked.
    connection.check_constraints()
    before = list(Transfer.objects.values())
    for statement in REFUSED_BY[connection.vendor]:
        with pytest.raises(DatabaseError, match="only grows"):
            run(statement)
    assert list(Transfer.objects.values()) == before
    assert triggers.faults(connection) == []


def test_a_posting_by_hand_moves_balances_or_is_refused(world: World) -> None:
    """Also past every act: both balances move, and none that may not falls below zero."""
    given.paid(world)
    run(adding(debit="credit_id", credit="debit_id", amount="12000"))
    held, buyer = (Account.objects.get(kind=kind) for kind in ("held", "buyer"))
    assert (held.balance, buyer.balance) == (Decimal(0), Decimal(12000))
    before = list(Transfer.objects.values())
    with pytest.raises(DatabaseError, match="books_balance_not_negative"):
        run(adding(amount="12000.01").replace("'another'", "'a third'"))
    with pytest.raises(DatabaseError, match="another currency"):
        run(adding(currency="'EUR'").replace("'another'", "'a third'"))
    with pytest.raises(DatabaseError):
        run(adding(amount="-1").replace("'another'", "'a third'"))
    assert list(Transfer.objects.values()) == before


def test_an_order_is_not_paid_out_of_anothers_money(world: World) -> None:
    """What is held of each order has an account of its own."""
    first = given.paid(world)
    second = given.paid(world, given.placed(world, first.listing))
    held = Account.objects.filter(kind=AccountKind.HELD)
    assert {account.held_for for account in held} == {first.pk, second.pk}
    key = str(first.pk) if connection.vendor == "postgresql" else first.pk.hex
    with pytest.raises(DatabaseError, match="books_balance_not_negative"):
        run(
            adding(debit="credit_id", credit="debit_id", amount="12000.01")
            + f" AND belongs_to = '{key}'"
        )


def test_balances_are_the_sums_of_transfers(world: World) -> None:
    """To the cent, for every account."""
    given.completed(world)
    for account in Account.objects.all():
        came = sum((row.amount for row in Transfer.objects.filter(credit=account)), Decimal(0))
        went = sum((row.amount for row in Transfer.objects.filter(debit=account)), Decimal(0))
        assert account.balance == came - went
