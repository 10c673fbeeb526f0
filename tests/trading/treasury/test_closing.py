"""A closed day: added up, kept in the ledger, and shut by the database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Transfer
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.services import close_day
from tests.given import trading as given
from tests.given.world import World


def test_a_day_is_closed(world: World) -> None:
    """Totals per account that balance; the ledger keeps the digest; no posting comes later."""
    given.completed(world)
    treasurer, day = world.actor("treasurer"), clock.today()
    with pytest.raises(Invalid):
        close_day(day=day, by=treasurer)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        closing = close_day(day=day, by=treasurer)
        assert close_day(day=day, by=treasurer) == closing
    assert closing.transfers == Transfer.objects.count() == 5
    rows = closing.totals["accounts"]
    assert sum(Decimal(row["balance"]) for row in rows) == 0
    assert sum(Decimal(row["came"]) - Decimal(row["went"]) for row in rows) == 0
    told = Entry.objects.get(kind="trading.day_closed").payload
    assert told["totals_sha256"] == closing.digest
    again = Transfer.objects.filter(kind="hold").get()
    with pytest.raises(DatabaseError, match="day of the transfer is closed"), transaction.atomic():
        Transfer.objects.create(
            debit=again.credit,
            credit=again.debit,
            amount=again.amount,
            currency=again.currency,
            kind="refund",
            cause="too late",
        )
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        DayClosing.objects.all().delete()
