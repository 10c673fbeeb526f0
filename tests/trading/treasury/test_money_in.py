"""Money comes in: by references that check, and statements that are refused whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from stdnum import iso11649

from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.references import in_groups, new_reference, reference_in
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.statements import lines_of_statement
from marketplace.trading.treasury.payment.booking import Imported
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import import_statement
from tests.given import money
from tests.given import trading as given
from tests.given.world import World


def two_columns(*lines: str) -> bytes:
    """Write a bank statement with a column of what went out and one of what came in."""
    return "\n".join(("流水号,交易日期,借方金额,贷方金额,币种,摘要", *lines, "")).encode()


@examples(st.integers(2, 19), st.sampled_from("0123456789"))
def test_a_mistyped_reference_is_found(at: int, digit: str) -> None:
    """Any one digit that is wrong fails the check."""
    reference = new_reference()
    assert iso11649.is_valid(reference)
    assert reference_in(f"Invoice {in_groups(reference).lower()} of 3 May") == reference
    if reference[at] != digit:
        mistyped = reference[:at] + digit + reference[at + 1 :]
        assert not iso11649.is_valid(mistyped)
        assert reference_in(mistyped) == ""


def test_a_statement_pays_an_order_once(world: World) -> None:
    """Imported again, or recorded by hand besides, it changes nothing."""
    order = given.signed(world)
    content = money.statement_of(order)
    assert money.book(world, content) == Imported(1, 0, 0)
    assert Order.objects.get(pk=order.pk).state == "paid"
    assert money.book(world, content) == Imported(0, 0, 1)
    assert Payment.objects.count() == 1


def test_what_fits_nothing_waits(world: World) -> None:
    """A mistyped and an unknown reference wait on an account of their own."""
    order = given.signed(world)
    content = money.statement(
        money.line("TX-0001", "11999.99", "Thank you"),
        money.line("TX-0002", "5.00", new_reference()),
        money.line("TX-0003", "-70.00", "A fee of the bank"),
    )
    assert money.book(world, content) == Imported(0, 2, 0)
    assert Order.objects.get(pk=order.pk).state == "signed"
    waiting = Account.objects.get(kind=AccountKind.UNALLOCATED)
    assert str(waiting.balance) == "12004.99"
    payment = Payment.objects.get(reference="TX-0001")
    money.approved(world, money.proposed_return(world, payment))
    waiting.refresh_from_db()
    assert str(waiting.balance) == "5.00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Line 1: The file is empty"),
        (b"\x00\x01", "Line 1: This is no text"),
        (b"\xff\xfe\xff", "neither UTF-8 nor GB 18030"),
        (b"amount,currency\n1,CNY\n", "booked_on, text, transaction_id|missing"),
        (money.statement("TX-0001,2026-03-31"), "Line 2: The line has fewer cells"),
        (money.statement(money.line("TX-0001", "NaN", "x")), "Line 2: The amount is no number"),
        (money.statement(money.line("TX-0001", "1e99", "x")), "Line 2: The amount is no sum"),
        (money.statement(money.line("TX-0001", "1.001", "x")), "at most two places"),
        (money.statement(money.line("TX-0001", "=1+1", "x")), "Line 2: The amount is no number"),
        (money.statement(money.line("王伟", "1", "x")), "Line 2: The bank's reference"),
        (money.statement(money.line("TX-0001", "1", "x", on="2026-02-30")), "The date is none"),
        (money.statement(money.line("TX-1", "1", "x" * 2000)), "longer than any bank"),
        (
            money.statement(money.line("TX-0001", "1", "x"), money.line("TX-0001", "1", "x")),
            "Line 3: The bank's reference stands in an earlier line",
        ),
        (money.statement(money.line("TX-0001", "1", "x", on="5/3/2026")), "The date is none"),
        (money.statement(money.line("TX-0001", "1", "x", on="2026-3/5")), "The date is none"),
        (
            money.statement(
                money.line("TX-0001", "1", "x"), money.line("TX-0002", "1", "x", on="2999-01-31")
            ),
            "Line 3: The day 2999-01-31 is still to come",
        ),
        (two_columns("TX-0001,2026-03-31,,,CNY,x"), "Line 2: Debit and credit are both empty"),
        (two_columns("TX-0001,2026-03-31,1,2,CNY,x"), "Line 2: Debit and credit are both filled"),
        (two_columns("TX-0001,2026-03-31,-1,,CNY,x"), "Line 2: A debit or credit is below zero"),
        (two_columns("TX-0001,2026-03-31,,x,CNY,x"), "Line 2: The amount is no number"),
        (money.statement(f'TX-0001,2026-03-31,1,CNY,"{"x" * 200_000}"'), "Line"),
    ],
)
def test_a_hostile_statement_is_refused_whole(content: bytes, said: str, world: World) -> None:
    """With the line and a sentence; nothing of it is booked."""
    with pytest.raises(Invalid, match=said):
        import_statement(content=content, by=world.actor("treasurer"))
    assert not Payment.objects.exists()


def test_a_statement_of_a_chinese_bank() -> None:
    """Chinese names of columns in GB 18030, thousands separators, in another order."""
    text = '交易日期,交易流水号,金额,币种,附言\n20260331,LS-2026-1,"12,000.00",人民币,货款\n'
    one = lines_of_statement(text.encode("gb18030"))[0]
    assert (one.reference, f"{one.amount:.2f}", one.currency) == ("LS-2026-1", "12000.00", "CNY")


def test_debits_and_credits_in_two_columns(world: World) -> None:
    """The other side is empty or nought; what went out is kept below zero and books nothing."""
    content = two_columns(
        "TX-0001,2026/3/5,,18.00,人民币,货款",
        "TX-0002,2026-3-6,7.50,,人民币,付款",
        "TX-0003,20260307,0.00,2.00,人民币,货款",
        "TX-0004,2026-03-08,0.00,0.00,人民币,通知",
    )
    assert money.book(world, content) == Imported(0, 2, 0)
    kept = BankLine.objects.order_by("number").values_list("booked_on", "amount")
    assert [(day.isoformat(), str(amount)) for day, amount in kept] == [
        ("2026-03-05", "18.00"),
        ("2026-03-06", "-7.50"),
        ("2026-03-07", "2.00"),
    ]


def test_the_day_of_a_line_may_be_today(world: World) -> None:
    """In the centre's own zone; the next one is refused."""
    content = money.statement(money.line("TX-0001", "1.00", "x", on="2026-04-01"))
    with clock.stopped_at(datetime(2026, 3, 31, 15, 59, tzinfo=UTC)), pytest.raises(Invalid):
        import_statement(content=content, by=world.actor("treasurer"))
    with clock.stopped_at(datetime(2026, 3, 31, 16, 0, tzinfo=UTC)):
        imported = money.book(world, content)
    assert imported == Imported(0, 1, 0)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("19.00", "CNY", "says 19.00 CNY"), ("18", "USD", "says 18.00 USD")],
)
def test_a_known_payment_with_another_amount(
    amount: str, currency: str, said: str, world: World
) -> None:
    """The file is refused whole, with the line, the bank's number and both sums."""
    treasurer = world.actor("treasurer")
    first = money.statement(money.line("B-0007", "18.00", "x"))
    money.book(world, first)
    content = money.statement(
        money.line("B-0006", "5.00", "x"), f"B-0007,2026-03-31,{amount},{currency},x"
    )
    with pytest.raises(Invalid, match=f"Line 3: The payment B-0007 .* 18.00 CNY, .* {said}"):
        import_statement(content=content, by=treasurer)
    assert [payment.reference for payment in Payment.objects.all()] == ["B-0007"]
    assert BankStatement.objects.count() == 1
    again = money.statement(
        money.line("B-0006", "5.00", "x"), money.line("B-0007", "18", "Another text")
    )
    assert money.book(world, again) == Imported(0, 1, 1)
