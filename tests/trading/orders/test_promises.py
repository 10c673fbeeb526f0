"""What a contract promises of later revisions and nobody brings is credited by its words, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.pipeline.due import DUE
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.plans import Free, Once, Plan
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.listings.terms.clauses.base import OfferedAs
from marketplace.trading.listings.terms.clauses.promise import PromiseClause
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.dispute.services import open_dispute, withdraw_dispute
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.calendar import missed_of, periods_from
from marketplace.trading.orders.promise.models import MissedRevision, SetOff
from marketplace.trading.orders.promise.selectors import missed_periods, owes_credits
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.termination.services import (
    end_terminated_contracts,
    terminate_contract,
)
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from marketplace.trading.treasury.payout.services import propose_payout
from tests.conftest import ApiClients, PageClients
from tests.given import feeds, money
from tests.given import promises as given_promises
from tests.given import trading as given
from tests.given.catalog import approved_dataset
from tests.given.origins import made_from
from tests.given.pipeline import catch_up
from tests.given.rights import certified
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

ONE = Decimal("30.00")
NIL = Decimal(0)


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
    """Return what went onto the accounts of buyers for missed revisions."""
    return sum((row.amount for row in Transfer.objects.filter(kind="credit")), Decimal(0))


def taken_off() -> Decimal:
    """Return what was taken off bills that did not fall."""
    rows = SetOff.objects.exclude(charge__state="void")
    return sum((row.amount for row in rows), Decimal(0))


def bill(order: Order, number: int) -> Charge:
    """Return a bill of an order."""
    return Charge.objects.get(order=order, number=number)


def pays(world: World, charge: Charge, amount: Decimal | None = None) -> None:
    """Let the bank tell that a bill was paid: what is due, or another sum."""
    line = money.line(f"TX-{uuid4().hex[:12]}", amount or charge.due, charge.reference)
    money.book(world, money.statement(line))


def balance(order: Order) -> Decimal:
    """Return what stands on the buyer's account."""
    account = Account.objects.get(kind=AccountKind.BUYER, organization_id=order.buyer_id)
    return account.balance


def papers_agree(order: Order) -> None:
    """See that invoices less their credit notes are what was paid and is to be paid, to a cent."""
    asked = sum((one.amount for one in order.invoices.filter(kind="invoice")), Decimal(0))
    asked -= sum((one.amount for one in order.invoices.filter(kind="credit")), Decimal(0))
    moved: dict[str, Decimal] = {}
    for row in Transfer.objects.filter(belongs_to=order.pk):
        moved[row.kind] = moved.get(row.kind, Decimal(0)) + row.amount
    paid = moved.get(TransferKind.HOLD, Decimal(0))
    back = moved.get(TransferKind.REFUND, Decimal(0)) + moved.get(TransferKind.CREDIT, Decimal(0))
    open_ = sum((one.due for one in order.charges.filter(state="open")), Decimal(0))
    assert asked == paid - back + open_


def test_each_missed_day_is_credited_once(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Off the next bill, however often the loop turns; by a credit note that both are shown."""
    order = given_promises.promised(world)
    assert keep_promises in {due.act for due in DUE}
    assert kept() == []
    with days_later(3):
        assert kept() == [("set_off", ONE)] * 2
        before = kept_rows()
        kept()
        assert changed_tables(before) == []
        catch_up()
    assert (credited(), taken_off(), balance(order)) == (NIL, 2 * ONE, NIL)
    second = bill(order, 2)
    assert (second.amount, second.due) == (Decimal(1000), Decimal(940))
    notes = Invoice.objects.filter(order=order, kind="credit")
    assert [note.amount for note in notes] == [ONE, ONE]
    invoice = Invoice.objects.get(charge=second, kind="invoice")
    assert {row["number"] for note in notes for row in note.content["corrects"]} == {invoice.number}
    told = Entry.objects.filter(kind="trading.missed_credited")
    assert [entry.payload["bill"] for entry in told] == [second.reference] * 2
    people = Notice.objects.filter(kind="revision_missed").values_list("person__email", flat=True)
    assert {"buyer@example.org", "officer@example.org"} & set(people)
    for person in ("buyer", "officer"):
        page = page_of(person).get(reverse("order_detail", args=[order.pk])).content.decode()
        assert "Missed revisions" in page
        assert "1,000.00 CNY less 60.00 CNY credited" in page
        paper = page_of(person).get(reverse("invoice_detail", args=[invoice.pk])).content.decode()
        assert paper.count("A promised revision was missed (") == 2
        assert "940.00 CNY" in paper
    shown = api_of("buyer").get(reverse("api_list_charges")).json()["results"]
    assert {(one["number"], one["set_off"], one["due"]) for one in shown} >= {
        (1, "0.00", "1000.00"),
        (2, "60.00", "940.00"),
    }
    papers_agree(order)
    pays(world, second)
    with days_later(3):
        assert kept() == [("credited", ONE)] * 2
    assert held_of(order) == Decimal(1940)
    papers_agree(order)


def test_the_rest_is_carried_over(world: World) -> None:
    """A bill of which nothing is left is paid, and what it did not take goes off the one after."""
    order = given_promises.promised(world, credit_percent=60, credit_most=100)
    with days_later(4):
        assert [amount for _state, amount in kept()] == [Decimal(600), Decimal(400), 0]
        assert (bill(order, 2).state, bill(order, 2).due) == ("paid", NIL)
        papers_agree(order)
    with days_later(36):
        kept()
        assert bill(order, 3).state == "paid", "a period that credits paid has a fee as well"
        assert bill(order, 4).due == Decimal(1000)
    assert credited() == 0
    assert taken_off() == Decimal(2000)
    papers_agree(order)


def test_without_a_bill_to_come_it_goes_onto_the_account(world: World) -> None:
    """In the last period, as what is left of a bill that was smaller does."""
    plan = replace(given_promises.MONTHLY, periods=1)
    order = given_promises.promised(world, plan)
    with days_later(3):
        assert kept() == [("credited", ONE)] * 2
    assert (credited(), taken_off(), balance(order)) == (2 * ONE, NIL, 2 * ONE)
    papers_agree(order)


def test_what_credits_paid_wholly_is_paid_out_of_what_was_paid(world: World) -> None:
    """Two months of which nothing came cost nothing: the first is given back, once."""
    plan = replace(given_promises.MONTHLY, periods=2)
    order = given_promises.promised(world, plan, credit_percent=50, credit_most=100)
    with days_later(70):
        kept()
        papers_agree(order)
        assert (taken_off(), credited(), held_of(order)) == (Decimal(1000), Decimal(1000), NIL)
        # The bill that one credit was on is paid by the next: the first becomes final.
        assert {state for state, _amount in kept()} == {"credited", "nothing"}
        before = kept_rows()
        kept()
        assert changed_tables(before) == []


def test_a_bill_that_falls_gives_the_credit_back(world: World) -> None:
    """Notice is given: what is missed from then on has no bill to come, and what was taken off the
    next one is paid once that falls."""
    order = given_promises.promised(world)
    accept_delivery(order.pk, by=world.actor("buyer"))
    seller_id = order.listing.organization_id
    with days_later(3):
        assert kept() == [("set_off", ONE)] * 2
        terminate_contract(order.pk, reason="No data.", by=world.actor("buyer"))
    last = (bill(order, 2).due_on - clock.today()).days
    with days_later(last):
        states = kept()
        assert [state for state, _amount in states[:10]] == ["set_off"] * 2 + ["credited"] * 8
        assert (taken_off(), credited()) == (2 * ONE, 8 * ONE)
        papers_agree(order)
        assert end_terminated_contracts(by=given.SYSTEM) == [order.pk]
        assert bill(order, 2).state == "void"
        papers_agree(order)
        assert owes_credits(seller_id)
        assert [state for state, _amount in kept()[:10]] == ["credited"] * 10
        assert not owes_credits(seller_id)
        assert (taken_off(), credited(), balance(order)) == (NIL, 10 * ONE, 10 * ONE)
        papers_agree(order)


def test_what_was_refunded_with_its_bill_is_not_credited_too(world: World) -> None:
    """The contract ends before acceptance: the month goes back whole, and its credits with it."""
    order = given_promises.promised(world)
    with days_later(3):
        assert kept() == [("set_off", ONE)] * 2
        terminate_contract(order.pk, reason="No data.", by=world.actor("officer"))
        assert kept() == [("nothing", Decimal(0))] * 2
    assert (credited(), taken_off(), balance(order)) == (NIL, NIL, Decimal(1000))
    papers_agree(order)


def test_who_paid_before_the_credit_has_it_on_the_account(world: World) -> None:
    """The whole bill is paid with what was on it when the buyer looked; no payment waits."""
    order = given_promises.promised(world)
    with days_later(3):
        kept()
        pays(world, bill(order, 2), Decimal(1000))
        assert kept() == [("credited", ONE)] * 2
        assert bill(order, 2).state == "paid"
    assert (balance(order), held_of(order)) == (2 * ONE, Decimal(1940))
    assert Payment.objects.filter(state="unallocated").count() == 0
    pays(world, bill(order, 3), Decimal("900.00"))
    assert bill(order, 3).state == "open", "a part opens nothing"


def test_a_payment_that_waits_for_the_second_officer_is_met(world: World) -> None:
    """A credit comes between the two; what was recorded is more than what is due then."""
    order = given_promises.promised(world)
    payment = record_payment(order.pk, reference="BANK-0002", by=world.actor("treasurer"))
    with days_later(2):
        kept()
        confirm_payment(payment.pk, by=world.actor("second_treasurer"))
    assert (payment.amount, bill(order, 2).due, bill(order, 2).state) == (
        *(Decimal(1000), Decimal(970)),
        "paid",
    )
    assert balance(order) == ONE
    papers_agree(order)


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
        assert [state for state, _amount in states[:10]] == ["set_off"] * 10
        assert {state for state, _amount in states[10:]} == {"nothing"}
    assert taken_off() == Decimal("300.00")


def test_nothing_is_credited_of_what_was_not_paid(world: World) -> None:
    """The second month is credited once it is paid."""
    order = given_promises.promised(world)
    accept_delivery(order.pk, by=world.actor("buyer"))
    with days_later(40):
        states = kept()
        assert states[-1][0] == "owed"
        assert taken_off() == Decimal("300.00")
        pays(world, bill(order, 2))
        kept()
        assert taken_off() > Decimal("300.00")
        assert bill(order, 3).due < Decimal(1000)
        papers_agree(order)


def test_money_that_is_gone_is_owed_and_bars_a_payout(world: World) -> None:
    """A seller that emptied its account pays as soon as there is money on it again."""
    order = given_promises.promised(world, replace(given_promises.MONTHLY, periods=1))
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
        accept_delivery(given.delivered(world).pk, by=world.actor("buyer"))
        assert kept() == [("credited", ONE)]


def test_a_dispute_decides_first(world: World) -> None:
    """While it lasts nothing is credited; what it leaves is."""
    order = given_promises.promised(world)
    dispute = open_dispute(order.pk, text="Half is empty.", by=world.actor("buyer"))
    with days_later(2):
        assert kept() == []
        withdraw_dispute(dispute.pk, by=world.actor("buyer"))
        assert kept() == [("set_off", ONE)]


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


@pytest.mark.parametrize("held_on", [1, 2])
def test_what_the_centre_holds_up_is_nobodys_fault(held_on: int, world: World) -> None:
    """When it was missed: a suspension that came later excuses nothing, however late one looks."""
    order = given_promises.promised(world)
    with days_later(held_on):
        suspend_listing(order.listing_id, reason="Looked at.", by=world.actor("reviewer"))
    with days_later(3):
        found = kept()
    excused, owed = ("nothing", Decimal(0)), ("set_off", ONE)
    assert found == ([excused, excused] if held_on == 1 else [owed, excused])


def test_what_a_frozen_right_holds_up_is_nobodys_fault(world: World) -> None:
    """Nothing may go on offer until it is lifted; the day is asked, not the loop's turn."""
    order = given_promises.promised(world)
    right, reviewer = order.listing.certificate_id, world.actor("reviewer")
    assert right is not None
    with days_later(1):
        freeze_certificate(right, reason="By order.", by=reviewer)
    with days_later(3):
        unfreeze_certificate(right, by=reviewer)
    with days_later(4):
        nothing = ("nothing", Decimal(0))
        assert kept() == [nothing, nothing, ("set_off", ONE)]


def test_a_freeze_further_up_is_nobodys_fault(world: World) -> None:
    """What the data was made from was frozen when the day was over."""
    order = given_promises.promised(world)
    source = certified(world, dataset=approved_dataset(world, title="Source"))
    made_from(world, order.listing.product.dataset, source.dataset)
    with days_later(1):
        freeze_certificate(source.pk, reason="By order.", by=world.actor("reviewer"))
    with days_later(2):
        unfreeze_certificate(source.pk, by=world.actor("reviewer"))
        assert kept() == [("nothing", Decimal(0))]


def test_a_seller_that_suspends_itself_owes(world: World) -> None:
    order = given_promises.promised(world)
    with days_later(1):
        suspend_listing(order.listing_id, reason="Tired.", by=world.actor("officer"))
    with days_later(2):
        assert kept() == [("set_off", ONE)]


@pytest.mark.usefixtures("committed_database")
def test_of_six_loops_at_once_one_credits() -> None:
    world = World()
    given_promises.promised(world)
    moment = noon(2)

    def turn(number: int) -> Any:
        with clock.stopped_at(moment):
            return keep_promises(by=given.SYSTEM)

    at_once(6, turn)
    assert taken_off() == ONE


def test_nobody_else_credits(world: World) -> None:
    for person in ("officer", "buyer", "treasurer", "administrator"):
        with pytest.raises(NotAllowed):
            keep_promises(by=world.actor(person))


def unfit(terms: Terms, plan: Plan) -> dict[str, list[str]]:
    """Return what a promise cannot be under a plan."""
    return PromiseClause.unfit(terms, OfferedAs(version=DatasetVersion(), plan=plan, mode=FILE))


def test_a_promise_needs_a_plan_that_brings_revisions() -> None:
    """And a credit a fee; each wrong figure has its field."""
    terms = replace(given.OFFER.terms, **given_promises.DAILY)
    assert terms.problems() == {}
    assert unfit(terms, given_promises.MONTHLY) == {}
    once = Once(amount=Decimal(5))
    assert list(unfit(terms, once)) == ["revision_every"]
    assert list(unfit(terms, Free())) == ["credit_percent"]
    for wrong, field in (
        ({"revision_every": "hour"}, "revision_every"),
        ({"revision_every": ""}, "credit_percent"),
        ({"revision_grace": -1}, "revision_grace"),
        ({"credit_percent": 101}, "credit_percent"),
        ({"credit_most": 2}, "credit_most"),
    ):
        assert field in replace(terms, **wrong).problems()
    assert len(terms.promise_in_words()) == 2


def test_the_contract_says_it_in_both_languages(world: World) -> None:
    order = given_promises.promised(world)
    order = Order.objects.get(pk=order.pk)
    text = order.contract.text
    assert "3 % of the fee" in text or "3%" in text
