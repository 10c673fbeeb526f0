"""A bank statement is the word of who imported it until a second finance officer confirms it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.pipeline.due import CLOCKWORK
from marketplace.trading.books.models import Transfer
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to
from marketplace.trading.treasury.payment import booking
from marketplace.trading.treasury.payment.booking import Imported
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.receiving import take
from marketplace.trading.treasury.payment.services import (
    book_confirmed_statements,
    confirm_statement,
    import_statement,
    reject_statement,
)
from marketplace.trading.treasury.reconciliation.comparing import reconciliation_of_day
from tests.given import money
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World


def invented(world: World) -> tuple[Order, BankStatement]:
    """Let a finance officer write a statement on which an order is paid."""
    order = given.signed(world)
    content = money.statement_of(order)
    return order, import_statement(content=content, by=world.actor("treasurer"))


def state_of(order: Order) -> str:
    """Return where an order stands."""
    return Order.objects.get(pk=order.pk).state


def test_an_invented_statement_opens_nothing(world: World) -> None:
    """Imported once, twice, or confirmed by who wrote it; and it is no line of the bank."""
    order, statement = invented(world)
    treasurer = world.actor("treasurer")
    assert import_statement(content=money.statement_of(order), by=treasurer) == statement
    with pytest.raises(NotAllowed) as refused:
        confirm_statement(statement.pk, by=treasurer)
    assert refused.value.code == "imported-by-you"
    assert book_confirmed_statements(by=CLOCKWORK) == 0
    catch_up()
    assert state_of(order) == "signed"
    assert not Payment.objects.exists()
    assert not Transfer.objects.exists()
    line = BankLine.objects.get()
    assert not bank_lines_visible_to(treasurer).exists()
    assert reconciliation_of_day(line.booked_on, by=treasurer).sheets == ()


def test_it_confirms_no_payment_by_hand(world: World) -> None:
    """One officer records it, another writes the statement: that is two words and no bank."""
    payment = given.told_paid(world)
    text = payment.claimed_reference
    content = money.statement(money.line(payment.reference, payment.amount, text))
    statement = import_statement(content=content, by=world.actor("treasurer"))
    payment.refresh_from_db()
    assert payment.state == "recorded"
    confirm_statement(statement.pk, by=world.actor("second_treasurer"))
    payment.refresh_from_db()
    assert payment.state == "allocated"


def test_a_rejected_file_may_come_again(world: World) -> None:
    """Rejected by whoever imported it, with a reason; the same file is a new statement then."""
    order, statement = invented(world)
    treasurer, second = world.actor("treasurer"), world.actor("second_treasurer")
    for reason in (" ", "x" * 501):
        with pytest.raises(Invalid):
            reject_statement(statement.pk, reason=reason, by=treasurer)
    assert reject_statement(statement.pk, reason="Wrong account", by=treasurer).state == "rejected"
    with pytest.raises(WrongState):
        confirm_statement(statement.pk, by=second)
    assert state_of(order) == "signed"
    again = import_statement(content=money.statement_of(order), by=treasurer)
    assert again.pk != statement.pk
    assert confirm_statement(again.pk, by=second) == Imported(1, 0, 0)
    assert confirm_statement(again.pk, by=second) == Imported(0, 0, 1)
    assert state_of(order) == "paid"
    with pytest.raises(WrongState):
        reject_statement(again.pk, reason="Too late", by=second)


def test_what_the_bank_told_meanwhile_is_compared_again(world: World) -> None:
    """Two statements wait that tell one number with two sums: the second is refused."""
    treasurer, second = world.actor("treasurer"), world.actor("second_treasurer")
    one, other = (
        import_statement(content=money.statement(money.line("B-007", sum_, "x")), by=treasurer)
        for sum_ in ("18.00", "19.00")
    )
    confirm_statement(one.pk, by=second)
    with pytest.raises(Invalid, match=r"B-007 is booked already with 18.00 CNY, .* says 19.00"):
        confirm_statement(other.pk, by=second)
    assert BankStatement.objects.get(pk=other.pk).state == "imported"
    assert [str(payment.amount) for payment in Payment.objects.all()] == ["18.00"]


def test_what_a_fault_left_is_booked_by_the_loop(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends between two lines: nothing is lost, and nothing is booked twice."""
    content = money.statement(*(money.line(f"TX-{number}", "5.00", "x") for number in range(3)))
    statement = import_statement(content=content, by=world.actor("treasurer"))

    def take_one(*args: Any, **named: Any) -> Any:
        if Payment.objects.exists():
            raise SystemExit
        return take(*args, **named)

    monkeypatch.setattr(booking, "take", take_one)
    with pytest.raises(SystemExit):
        confirm_statement(statement.pk, by=world.actor("second_treasurer"))
    monkeypatch.undo()
    assert BankStatement.objects.get().state == "confirmed"
    assert Payment.objects.count() == 1
    assert book_confirmed_statements(by=CLOCKWORK) == 1
    assert Payment.objects.count() == 3
    assert BankStatement.objects.get().state == "booked"
    booked = Entry.objects.get(kind="trading.statement_booked")
    assert (booked.payload["unallocated"], booked.payload["known"]) == (2, 1)


def test_a_statement_without_lines(world: World) -> None:
    """Says so; there is nothing to confirm."""
    with pytest.raises(Invalid) as refused:
        import_statement(content=money.statement(), by=world.actor("treasurer"))
    assert refused.value.code == "statement-empty"


def test_the_database_keeps_them_apart(world: World) -> None:
    """One person, or nobody, confirms nothing by SQL either."""
    statement = money.waiting_statement(world)
    for by in ("imported_by_id", "NULL"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE treasury_bankstatement SET state = 'confirmed', confirmed_by_id = {by}"
            )
    assert BankStatement.objects.get(pk=statement.pk).state == "imported"
