"""A closed day: added up by one, closed by another, kept in the ledger, shut by the database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.desk.selectors.waiting import tasks_of
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Transfer
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.services import (
    confirm_closing,
    propose_closing,
    reject_closing,
)
from tests.conftest import PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.world import World


def test_a_day_is_closed_by_two(world: World) -> None:
    """Totals per account that balance; the ledger keeps the digest; no posting comes later."""
    given.completed(world)
    first, second, day = world.actor("treasurer"), world.actor("second_treasurer"), clock.today()
    with pytest.raises(Invalid):
        propose_closing(day=day, by=first)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        proposal = propose_closing(day=day, by=first)
        assert propose_closing(day=day, by=second) == proposal
        with pytest.raises(NotAllowed) as refused:
            confirm_closing(proposal.pk, by=first)
        assert refused.value.code == "proposed-by-you"
        assert not DayClosing.objects.exists()
        confirm_closing(proposal.pk, by=second)
    closing = DayClosing.objects.get()
    assert (closing.proposal, closing.day, closing.digest) == (proposal, day, proposal.digest)
    assert closing.transfers == Transfer.objects.count() == 5
    rows = closing.totals["accounts"]
    assert sum(Decimal(row["balance"]) for row in rows) == 0
    assert sum(Decimal(row["came"]) - Decimal(row["went"]) for row in rows) == 0
    told = Entry.objects.get(kind="trading.day_closed")
    assert told.payload["totals_sha256"] == closing.digest
    assert told.person_id == second.person_id
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


def test_a_proposal_closes_nothing(world: World) -> None:
    """Money is booked on that day until it is closed, and a day left open is proposed again."""
    first, second, day = world.actor("treasurer"), world.actor("second_treasurer"), clock.today()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        proposal = propose_closing(day=day, by=first)
    given.completed(world)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        with pytest.raises(WrongState) as refused:
            confirm_closing(proposal.pk, by=second)
        assert refused.value.code == "totals-differ"
        reject_closing(proposal.pk, reason="A sale came in between.", by=second)
        again = propose_closing(day=day, by=first)
        confirm_closing(again.pk, by=second)
        with pytest.raises(WrongState) as closed:
            propose_closing(day=day - timedelta(days=1), by=first)
    assert closed.value.code == "day-closed"
    assert DayClosing.objects.get().proposal == again


def test_the_desk_names_who_closes_it(world: World, page_of: PageClients) -> None:
    """Whoever must confirm finds it there; who proposed it does not, and no button either."""
    proposal = money.proposed_closing(world)
    address, act = (reverse(name, args=[proposal.pk]) for name in PAGES)
    for person, decides in (("treasurer", False), ("second_treasurer", True), ("buyer", False)):
        shown = [line for line in tasks_of(world.actor(person), ()) if line.url == address]
        assert bool(shown) == decides, person
    pages = {name: page_of(name).get(address).content.decode() for name in TREASURERS}
    assert [act in pages[name] for name in TREASURERS] == [False, True]
    assert "Who proposes to close a day does not close it." in pages["treasurer"]


PAGES = ("closing_detail", "closing_confirm")
TREASURERS = ("treasurer", "second_treasurer")
