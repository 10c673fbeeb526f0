"""Money that the centre learns of late: booked on the first open day, with the bank's own day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from marketplace.core import clock
from marketplace.trading.books.models import Transfer, TransferKind
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.reconciliation.comparing import reconciliation_of_day
from marketplace.trading.treasury.reconciliation.sheet import Finding, Sheet
from tests.conftest import PageClients
from tests.given import money
from tests.given.world import World

D = Decimal
CLOSED, NEXT = date(2026, 3, 31), date(2026, 4, 1)
HEADER = "transaction_id,booked_on,amount,currency,text,balance"


def told(world: World, *lines: str) -> None:
    """Import a statement that tells balances, and confirm it."""
    money.book(world, "\n".join((HEADER, *lines, "")).encode())


def sheet_of(world: World, day: date) -> Sheet:
    """Return the one currency of a day."""
    [sheet] = reconciliation_of_day(day, by=world.actor("treasurer")).sheets
    return sheet


def test_a_closed_day_shows_the_same_for_ever(world: World, page_of: PageClients) -> None:
    """What arrives late is booked on the first open day, and keeps its value date."""
    told(world, "TX-0001,2026-03-31,525.60,CNY,Thank you,525.60")
    closing = money.closed(world)
    before = sheet_of(world, CLOSED)
    told(world, "TX-0002,2026-03-31,18.00,CNY,Thank you,543.60")
    late = Payment.objects.get(reference="TX-0002")
    assert (late.received_on, late.booked_on) == (CLOSED, NEXT)
    after = sheet_of(world, CLOSED)
    for line in ("before", "moved", "after"):
        assert getattr(after, line).in_books == getattr(before, line).in_books, line
    assert after.after.in_books == D("525.60") == _stood_at_bank(closing)
    assert (after.named, after.unnamed) == (D("18.00"), D(0))
    booked = sheet_of(world, NEXT)
    assert (booked.before.in_books, booked.after.in_books) == (D("525.60"), D("543.60"))
    [row] = booked.rows
    assert (row.finding, row.difference, booked.named) == (Finding.UNALLOCATED, D(0), D(0))
    page = page_of("treasurer").get("/money/bank/?day=2026-03-31").content.decode()
    assert "Value date 31 Mar 2026, booked on 1 Apr 2026" in page


def test_what_is_told_before_the_closing_belongs_to_the_bank_s_day(world: World) -> None:
    """A day is closed with all that came in on it, whenever the centre learnt of that."""
    told(world, "TX-0001,2026-03-31,525.60,CNY,Thank you,525.60")
    closing = money.closed(world)
    transfer = Transfer.objects.get(kind=TransferKind.DEPOSIT)
    assert transfer.booked_on == CLOSED < clock.today()
    assert (closing.transfers, _stood_at_bank(closing)) == (1, D("525.60"))


def test_the_totals_of_a_closed_day_are_reckoned_alike_later(world: World) -> None:
    """Closing the days after it takes nothing from the first one's totals."""
    told(world, "TX-0001,2026-03-31,525.60,CNY,Thank you,525.60")
    first = money.closed(world)
    told(world, "TX-0002,2026-03-31,18.00,CNY,Thank you,543.60")
    second = money.closed(world, "2026-04-01")
    assert (first.transfers, second.transfers) == (1, 1)
    moved = [row for row in second.totals["accounts"] if row["kind"] == "outside"]
    assert [(D(row["went"]), D(row["balance"])) for row in moved] == [(D(18), D("-543.60"))]
    assert first.digest == DayClosing.objects.get(pk=first.pk).digest


@pytest.mark.parametrize("day", [CLOSED, CLOSED - timedelta(days=1)])
def test_the_database_takes_no_posting_of_a_closed_day(day: date, world: World) -> None:
    """Nor of a day before it, whoever books."""
    told(world, "TX-0001,2026-03-31,525.60,CNY,Thank you,525.60")
    money.closed(world)
    known = Transfer.objects.get(kind=TransferKind.DEPOSIT)
    with pytest.raises(DatabaseError, match="day of the transfer is closed"), transaction.atomic():
        Transfer.objects.create(
            debit=known.debit,
            credit=known.credit,
            amount=D("1.00"),
            currency="CNY",
            kind=TransferKind.DEPOSIT,
            cause="payment:late",
            booked_on=day,
        )


def _stood_at_bank(closing: DayClosing) -> Decimal:
    [outside] = [row for row in closing.totals["accounts"] if row["kind"] == "outside"]
    return -D(outside["balance"])
