"""The bank beside the books: what fits, what differs, and by how much."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given as examples
from hypothesis import strategies as st

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.trading.treasury.bank.balances import closing_balance
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.reconciliation.comparing import (
    reconciliation_of_day,
    reconciliation_of_statement,
)
from marketplace.trading.treasury.reconciliation.sheet import Finding, Sheet
from tests.conftest import ApiClients, PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

D = Decimal
HEADER = "transaction_id,booked_on,amount,currency,text,balance"


def line(
    reference: str,
    amount: str,
    balance: str = "",
    *,
    on: str = "2026-03-31",
    currency: str = "CNY",
    text: str = "Thank you",
) -> str:
    """Write a line of a bank statement that tells the balance."""
    return f"{reference},{on},{amount},{currency},{text},{balance}"


def imported(world: World, *lines: str) -> BankStatement:
    """Import a bank statement."""
    content = "\n".join((HEADER, *lines, "")).encode()
    money.book(world, content)
    return BankStatement.objects.get(sha256=hashlib.sha256(content).hexdigest())


def sheet_of(statement: BankStatement) -> Sheet:
    """Return the one currency of a compared statement."""
    [sheet] = reconciliation_of_statement(statement).sheets
    return sheet


def found(sheet: Sheet) -> list[tuple[Finding, str, Decimal]]:
    """Return each row's finding, reference and difference."""
    return [(row.finding, row.reference, row.difference) for row in sheet.rows]


def test_a_statement_that_agrees(world: World) -> None:
    """Each line is in the books, and the balance is what they say; one waits to be allocated."""
    order = given.signed(world)
    charge = money.charge_of(order)
    content = "\n".join(
        (
            HEADER,
            f"TX-1000,2026-03-30,12000.00,CNY,{charge.reference},12000.00",
            line("TX-1001", "77.00", "12077.00"),
        )
    )
    money.book(world, content.encode())
    sheet = sheet_of(BankStatement.objects.get())
    assert sheet.agrees
    assert (sheet.before.at_bank, sheet.before.in_books) == (D(0), D(0))
    assert (sheet.after.at_bank, sheet.after.in_books) == (D("12077.00"), D("12077.00"))
    assert found(sheet) == [
        (Finding.UNALLOCATED, "TX-1001", D(0)),
        (Finding.MATCHED, "TX-1000", D(0)),
    ]
    assert sheet.counts == [
        (Finding.UNALLOCATED, 1, D("77.00")),
        (Finding.MATCHED, 1, D("12000.00")),
    ]


def test_each_difference_is_named(world: World) -> None:
    """A fee of the bank, a sum that was recorded otherwise, and money that the bank never had."""
    order = given.paid(world)
    recorded = Payment.objects.get()
    missing = money.told_by_provider(world, amount="500.00")
    statement = imported(
        world,
        line("", "-15.00", "-15.00"),
        line("TX-NEW-1", "25.00", "10.00"),
        line(recorded.reference, "11990.00", "12000.00", on=clock.today().isoformat()),
    )
    assert order.due_first == D("12000.00")
    sheet = sheet_of(statement)
    assert found(sheet) == [
        (Finding.NOT_BOOKED, "", D("-15.00")),
        (Finding.NOT_AT_BANK, missing.reference, D("-500.00")),
        (Finding.AMOUNT_DIFFERS, recorded.reference, D("-10.00")),
        (Finding.UNALLOCATED, "TX-NEW-1", D(0)),
    ]
    assert not sheet.agrees
    assert sheet.named == D("-525.00")
    assert sheet.after.difference == D("12000.00") - D("12525.00")
    assert sheet.unnamed == 0


def test_what_lay_before_is_told_apart(world: World) -> None:
    """The bank account held something before the centre kept these books."""
    statement = imported(world, line("TX-0001", "10.00", "1010.00"))
    sheet = sheet_of(statement)
    assert (sheet.before.at_bank, sheet.before.difference) == (D("1000.00"), D("1000.00"))
    assert sheet.moved.difference == sheet.named == 0
    assert sheet.unnamed == D("1000.00")
    assert not sheet.agrees


def test_a_day_of_several_statements(world: World) -> None:
    """A line that two statements have counts once; a day of which nothing is told is empty."""
    imported(world, line("TX-0001", "10.00"), line("TX-0002", "20.00", on="2026-04-01"))
    imported(world, line("TX-0001", "10.00"), line("TX-0003", "5.00"))
    treasurer = world.actor("treasurer")
    [sheet] = reconciliation_of_day(date(2026, 3, 31), by=treasurer).sheets
    assert sheet.moved.at_bank == sheet.moved.in_books == D("15.00")
    assert sheet.agrees
    assert reconciliation_of_day(date(2026, 3, 30), by=treasurer).sheets == ()
    with pytest.raises(NotAllowed):
        reconciliation_of_day(date(2026, 3, 31), by=world.actor("finance"))


HALVES = (
    (line("TX-0001", "10.00", "10.00"), line("", "-15.00", "-5.00")),
    (line("", "-15.00", "-20.00"), line("TX-0003", "30.00", "10.00")),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0)])
def test_several_statements_of_a_day_are_one_day(order: tuple[int, ...], world: World) -> None:
    """A second statement, continuation pages, and one that came twice, in whichever order."""
    statements = [
        imported(world, *HALVES[half], *[line("TX-9999", "1.00", on="2026-04-01")] * (place > 1))
        for place, half in enumerate(order)
    ]
    [day] = reconciliation_of_day(date(2026, 3, 31), by=world.actor("treasurer")).sheets
    assert [row.at_bank for row in day.rows] == [D(-15), D(-15), D(10), D(30)]
    assert (day.before.at_bank, day.after.at_bank) == (D(0), D("10.00"))
    assert sheet_of(statements[0]) == day


def test_currencies_are_kept_apart(world: World) -> None:
    """Each with its own balances."""
    statement = imported(world, line("TX-1001", "1.00"), line("TX-1002", "2.00", currency="EUR"))
    sheets = reconciliation_of_statement(statement).sheets
    assert [(sheet.currency, sheet.moved.at_bank) for sheet in sheets] == [
        ("CNY", D("1.00")),
        ("EUR", D("2.00")),
    ]


amounts = st.decimals(min_value="-999", max_value="999", places=2).filter(bool)


@examples(opening=amounts, moved=st.lists(amounts, min_size=1, max_size=12), falls=st.booleans())
def test_the_closing_balance(opening: Decimal, moved: list[Decimal], falls: bool) -> None:
    """From old to new or new to old, the balance of the last day; none if a line is missing."""
    balance, lines = opening, []
    for number, amount in enumerate(moved):
        balance += amount
        lines.append(BankLine(number=number, amount=amount, balance=balance))
    # Of a few lines that go to and fro both readings may fit, and then they end alike or not.
    if falls:
        lines.reverse()
    answered = closing_balance(lines)
    assert answered in (balance, lines[-1].balance)
    broken = [*lines, BankLine(amount=D("1"), balance=D("123456"))]
    if len(moved) > 1:
        assert closing_balance(broken) is None
    assert closing_balance([BankLine(amount=D("1"), balance=None)]) is None


def test_the_bytes_are_kept_once(world: World) -> None:
    """The same file again is the same statement; its lines are never changed."""
    statement = imported(world, line("TX-0001", "1.00"))
    assert imported(world, line("TX-0001", "1.00")) == statement
    assert Entry.objects.filter(kind="trading.statement_imported").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM treasury_bankline")


@pytest.mark.parametrize("balance", ["a lot", "1.001", "1e20"])
def test_a_balance_that_is_none(balance: str, world: World) -> None:
    """The line is named and nothing is imported."""
    with pytest.raises(Invalid) as refused:
        imported(world, line("TX-0001", "1.00", balance))
    assert "Line 2" in refused.value.sentence
    assert not Payment.objects.exists()


def test_what_may_be_a_name_is_not_kept(world: World) -> None:
    """Neither the payer's text nor, of what goes out, a reference that is none."""
    statement = imported(world, "王伟,2026-03-31,-5.00,CNY,Salary of Wang Wei,")
    kept = statement.lines.get()
    assert kept.reference == ""
    assert "Wang" not in str(vars(kept))


def test_pages_and_csv(world: World, page_of: PageClients) -> None:
    """The treasurer and the auditor see each row; the CSV has all of them."""
    order = given.signed(world)
    charge = money.charge_of(order)
    money.book(world, money.statement_of(order))
    statement = BankStatement.objects.get()
    for person in ("treasurer", "auditor", "reviewer"):
        page = page_of(person).get(reverse("bank_statement", args=[statement.pk]))
        text = page.content.decode()
        assert "The bank and the books agree" in text
        assert order.listing.title in text
        day = page_of(person).get(reverse("bank_day"), {"day": "2026-03-31"})
        assert "12,000.00" in day.content.decode()
    client = page_of("treasurer")
    for address, query in (
        (reverse("bank_statement_csv", args=[statement.pk]), {}),
        (reverse("bank_day_csv"), {"day": "2026-03-31"}),
    ):
        [row] = csv.DictReader(StringIO(client.get(address, query).content.decode("utf-8-sig")))
        assert (row["at_bank"], row["in_books"]) == ("12000.00", "12000.00")
        assert (row["finding"], row["order"]) == ("matched", str(charge.order_id))
    wrong = client.get(reverse("bank_day"), {"day": "the ides of March"})
    assert wrong.status_code == 422
    empty = client.get(reverse("bank_day"), {"day": "2020-01-01"}).content.decode()
    assert "Neither the bank nor the books" in empty


def test_api(world: World, api_of: ApiClients) -> None:
    """The same by program, and to the centre alone."""
    statement = imported(world, line("TX-0001", "1.00", "1.00"))
    client = api_of("treasurer")
    [listed] = client.get(reverse("api_list_statements")).json()["results"]
    assert listed["sha256"] == statement.sha256
    address = reverse("api_get_statement_reconciliation", args=[statement.pk])
    [sheet] = client.get(address).json()["sheets"]
    assert sheet["after"] == {"at_bank": "1.00", "in_books": "1.00", "difference": "0.00"}
    assert sheet["agrees"] is True
    [row] = sheet["rows"]
    assert row["finding"] == "unallocated"
    assert row["payment"] == str(Payment.objects.get().pk)
    day = reverse("api_get_day_reconciliation", args=["2026-03-31"])
    assert client.get(day).json()["sheets"][0]["rows"] == [row]
    assert client.get(day.replace("03-31", "02-31")).status_code == 404
    assert api_of("finance").get(address).status_code == 404
    assert api_of("finance").get(day).status_code == 403


def test_page_asks_little(
    world: World, page_of: PageClients, django_assert_max_num_queries: object
) -> None:
    """As many queries for many lines as for one."""
    lines = [line(f"TX-{number:04d}", "1.00") for number in range(30)]
    statement = imported(world, *lines)
    client = page_of("treasurer")
    with django_assert_max_num_queries(27):  # type: ignore[operator]
        client.get(reverse("bank_statement", args=[statement.pk]))
