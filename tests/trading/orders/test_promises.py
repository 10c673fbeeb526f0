"""What a contract promises of later revisions and nobody brings is credited by its words, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.pipeline.due import DUE
from marketplace.rights.certificate.services import freeze_certificate, unfreeze_certificate
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import suspend_listing
from marketplace.trading.listings.plans import Free, Once
from marketplace.trading.listings.terms.terms import promise_in_words, promise_problems
from marketplace.trading.orders.contract.services import terminate_contract
from marketplace.trading.orders.dispute.services import open_dispute, withdraw_dispute
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.services import accept_delivery
from marketplace.trading.orders.promise.calendar import missed_of, periods_from
from marketplace.trading.orders.promise.models import MissedRevision
from marketplace.trading.orders.promise.selectors import missed_periods
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.trading.treasury.payout.services import propose_payout
from tests.conftest import PageClients
from tests.given import feeds, money
from tests.given import promises as given_promises
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

ONE = Decimal("30.00")


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """Hold the clock at noon so many days on."""
    with clock.stopped_at(noon(days)):
        yield


def noon(days: int) -> datetime:
    """Return noon of a day to come, when the hours of grace of the day before are over."""
    return localtime(clock.now()).replace(hour=12, minute=0) + timedelta(days=days)


def kept() -> list[tuple[str, Decimal]]:
    """Let the loop turn; return state and credit of what was missed."""
    keep_promises(by=given.SYSTEM)
    return [(row.state, row.amount) for row in MissedRevision.objects.order_by("due_on")]


def credited() -> Decimal:
    """Return what went to buyers for missed revisions."""
    return sum((row.amount for row in Transfer.objects.filter(kind="credit")), Decimal(0))


def test_each_missed_day_is_credited_once(world: World, page_of: PageClients) -> None:
    """However often the loop turns; with a credit note, told to both sides, shown to both."""
    order = given_promises.promised(world)
    assert keep_promises in {due.act for due in DUE}
    assert kept() == []
    with days_later(3):
        assert kept() == [("credited", ONE)] * 2
        before = kept_rows()
        kept()
        assert changed_tables(before) == []
        catch_up()
    assert credited() == 2 * ONE
    buyer = Account.objects.get(kind=AccountKind.BUYER, organization_id=order.buyer_id)
    assert buyer.balance == 2 * ONE
    notes = Invoice.objects.filter(order=order, kind="credit")
    assert [note.amount for note in notes] == [ONE, ONE]
    first = Invoice.objects.get(charge__number=1, charge__order=order, kind="invoice")
    assert {row["number"] for note in notes for row in note.content["corrects"]} == {first.number}
    assert Entry.objects.filter(kind="trading.missed_credited").count() == 2
    told = Notice.objects.filter(kind="revision_missed").values_list("person__email", flat=True)
    assert {"buyer@example.org", "officer@example.org"} & set(told)
    for person in ("buyer", "officer"):
        page = page_of(person).get(reverse("order_detail", args=[order.pk])).content.decode()
        assert "Missed revisions" in page


def test_what_came_in_time_is_not_missed(world: World) -> None:
    """A revision that goes on offer in the hours of grace keeps the promise of its day."""
    order = given_promises.promised(world)
    with days_later(2), clock.stopped_at(clock.now().replace(hour=12)):
        morning = localtime(clock.now()).replace(hour=5, minute=0)
        with clock.stopped_at(morning):
            feeds.advanced(world, Listing.objects.get(pk=order.listing_id))
        due = [period.due_on for period in missed_periods(order)]
        assert morning.date() - timedelta(days=1) not in due


def test_a_revision_keeps_one_promise_alone() -> None:
    """The earliest that waits for it; what comes after the grace is of the next day."""
    periods = list(periods_from(date(2026, 3, 1), "day", grace_hours=6, until=date(2026, 3, 4)))
    today = "2026-03-06T12:00+08:00"

    def missed(*brought: str) -> list[int]:
        moments = [datetime.fromisoformat(f"2026-03-{one}:00+08:00") for one in brought]
        now = datetime.fromisoformat(today)
        return [one.due_on.day for one in missed_of(periods, moments, now=now)]

    assert missed() == [2, 3, 4]
    assert missed("03T05:00") == [3, 4]
    assert missed("03T06:00") == [2, 4]
    assert missed("03T05:00", "03T05:01") == [4]
    assert missed("01T23:00") == [2, 3, 4]
    months = list(periods_from(date(2026, 1, 31), "month", grace_hours=0, until=date(2026, 5, 1)))
    assert [one.due_on.day for one in months] == [28, 31, 30]


def test_a_period_gives_no_more_than_its_most(world: World) -> None:
    """Thirty percent of a month, however many days are missed; the next month counts anew."""
    given_promises.promised(world)
    with days_later(25):
        states = kept()
        assert sum(amount for _state, amount in states) == Decimal("300.00")
        assert [state for state, _amount in states[:10]] == ["credited"] * 10
        assert {state for state, _amount in states[10:]} == {"nothing"}
    assert credited() == Decimal("300.00")


def test_nothing_is_credited_of_what_was_not_paid(world: World) -> None:
    """The second month is credited once it is paid."""
    order = given_promises.promised(world)
    accept_delivery(order.pk, by=world.actor("buyer"))
    with days_later(40):
        states = kept()
        assert states[-1][0] == "owed"
        before = credited()
        charge = Charge.objects.get(order=order, number=2)
        money.book(world, money.statement(money.line("TX-2", charge.amount, charge.reference)))
        kept()
        assert credited() > before


def test_money_that_is_gone_is_owed_and_bars_a_payout(world: World) -> None:
    """A seller that emptied its account pays as soon as there is money on it again."""
    order = given_promises.promised(world)
    accept_delivery(order.pk, by=world.actor("buyer"))
    seller = Account.objects.get(kind=AccountKind.SELLER)
    money.approved(world, money.proposed_payout(world, seller, amount=seller.balance - Decimal(1)))
    with days_later(2):
        assert kept() == [("owed", ONE)]
        with pytest.raises(WrongState) as refused:
            propose_payout(
                seller.pk,
                amount=Decimal(1),
                reason="R.",
                request_key="late",
                by=world.actor("treasurer"),
            )
        assert refused.value.code == "credits-owed"
        charge = Charge.objects.get(order=order, number=2)
        money.book(world, money.statement(money.line("TX-2", charge.amount, charge.reference)))
        assert kept() == [("credited", ONE)]


def test_a_dispute_decides_first(world: World) -> None:
    """While it lasts nothing is credited; what it leaves is."""
    order = given_promises.promised(world)
    dispute = open_dispute(order.pk, text="Half is empty.", by=world.actor("buyer"))
    with days_later(2):
        assert kept() == []
        withdraw_dispute(dispute.pk, by=world.actor("buyer"))
        assert kept() == [("credited", ONE)]


def test_what_was_refunded_is_not_credited_too(world: World) -> None:
    """The whole month went back before."""
    order = given_promises.promised(world)
    with days_later(2):
        terminate_contract(order.pk, reason="No data.", by=world.actor("officer"))
        kept()
        assert credited() == 0
        back = Transfer.objects.filter(kind=TransferKind.REFUND, belongs_to=order.pk)
        assert [row.amount for row in back] == [Decimal("1000.00")]
        assert {row.state for row in MissedRevision.objects.all()} <= {"nothing"}


def test_what_the_centre_holds_up_is_nobodys_fault(world: World) -> None:
    """But a seller that suspends its own offer owes."""
    order = given_promises.promised(world)
    with days_later(2):
        suspend_listing(order.listing_id, reason="Looked at.", by=world.actor("reviewer"))
        assert kept() == [("nothing", Decimal(0))]


def test_what_a_frozen_right_holds_up_is_nobodys_fault(world: World) -> None:
    """Nothing may go on offer until it is lifted; from then on a missed day counts again."""
    order = given_promises.promised(world)
    right, reviewer = order.listing.certificate_id, world.actor("reviewer")
    assert right is not None
    with days_later(2):
        freeze_certificate(right, reason="By order.", by=reviewer)
        assert kept() == [("nothing", Decimal(0))]
    with days_later(3):
        unfreeze_certificate(right, by=reviewer)
        assert kept() == [("nothing", Decimal(0)), ("credited", ONE)]


def test_a_seller_that_suspends_itself_owes(world: World) -> None:
    order = given_promises.promised(world)
    with days_later(2):
        suspend_listing(order.listing_id, reason="Tired.", by=world.actor("officer"))
        assert kept() == [("credited", ONE)]


@pytest.mark.usefixtures("committed_database")
def test_of_six_loops_at_once_one_credits() -> None:
    world = World()
    given_promises.promised(world)
    moment = noon(2)

    def turn(number: int) -> Any:
        with clock.stopped_at(moment):
            return keep_promises(by=given.SYSTEM)

    at_once(6, turn)
    assert credited() == ONE


def test_nobody_else_credits(world: World) -> None:
    for person in ("officer", "buyer", "treasurer", "administrator"):
        with pytest.raises(NotAllowed):
            keep_promises(by=world.actor(person))


def test_a_promise_needs_a_plan_that_brings_revisions() -> None:
    """And a credit a fee; each wrong figure has its field."""
    terms = replace(given.OFFER.terms, **given_promises.DAILY)
    assert terms.problems() == {}
    assert promise_problems(terms, given_promises.MONTHLY) == {}
    once = Once(amount=Decimal(5))
    assert list(promise_problems(terms, once)) == ["revision_every"]
    assert list(promise_problems(terms, Free())) == ["credit_percent"]
    for wrong, field in (
        ({"revision_every": "hour"}, "revision_every"),
        ({"revision_every": ""}, "credit_percent"),
        ({"revision_grace": -1}, "revision_grace"),
        ({"credit_percent": 101}, "credit_percent"),
        ({"credit_most": 2}, "credit_most"),
    ):
        assert field in replace(terms, **wrong).problems()
    assert len(promise_in_words(terms)) == 2


def test_the_contract_says_it_in_both_languages(world: World) -> None:
    order = given_promises.promised(world)
    order = Order.objects.get(pk=order.pk)
    text = order.contract.text
    assert "3 % of the fee" in text or "3%" in text
