"""Lines of the bank's own: fee, interest, correction, each with an account in the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.binding import state_faults
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.orders.settlement.drawing import payable_of
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.services import reject_bank_item
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.reconciliation.comparing import reconciliation_of_day
from marketplace.trading.treasury.reconciliation.services import (
    confirm_bank_item,
    propose_bank_item,
)
from marketplace.trading.treasury.reconciliation.sheet import Finding, Sheet
from tests.conftest import PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

D = Decimal
DAY, NEXT = date(2026, 3, 31), date(2026, 4, 1)
HEADER = "transaction_id,booked_on,amount,currency,text,balance"


def told(world: World, *lines: str) -> list[BankLine]:
    """Import a statement that tells balances, and confirm it; return its lines."""
    money.book(world, "\n".join((HEADER, *lines, "")).encode())
    last = BankLine.objects.latest("created_at").statement
    return list(last.lines.order_by("number"))


def sheet_of(world: World, day: date = DAY) -> Sheet:
    """Return the one currency of a day."""
    [sheet] = reconciliation_of_day(day, by=world.actor("treasurer")).sheets
    return sheet


def on(kind: AccountKind) -> Decimal:
    """Return what stands on an account of the centre's own."""
    return Account.objects.get(kind=kind).balance


def test_each_line_of_the_bank_s_own_has_its_account(world: World) -> None:
    """Fee, interest and a correction: two people each, and the bank and the books agree."""
    fee, interest, wrong, back = told(
        world,
        ",2026-03-31,-15.00,CNY,Monthly fee,985.00",
        "INT-0001,2026-03-31,3.21,CNY,Interest,988.21",
        ",2026-03-31,-100.00,CNY,Transfer,888.21",
        "COR-0001,2026-03-31,100.00,CNY,Our mistake,988.21",
    )
    before = sheet_of(world)
    assert before.after.difference == D("1000.00") - D("15.00") - D("100.00")
    kinds = (
        (fee, ItemKind.FEE),
        (interest, ItemKind.INTEREST),
        (wrong, ItemKind.CORRECTION),
        (back, ItemKind.CORRECTION),
    )
    for line, kind in kinds:
        item = money.booked_item(world, line, kind)
        assert (item.received_on, item.booked_on) == (DAY, DAY)
    sheet = sheet_of(world)
    assert {row.finding for row in sheet.rows} == {Finding.BANK_OWN}
    assert sheet.moved.difference == sheet.named == 0
    assert on(AccountKind.BANK_FEE) == D("-15.00")
    assert on(AccountKind.INTEREST) == D("3.21")
    assert on(AccountKind.CORRECTION) == on(AccountKind.UNALLOCATED) == 0
    assert list(state_faults()) == []


def test_a_line_of_a_closed_day_is_booked_on_the_first_open_one(
    world: World, page_of: PageClients
) -> None:
    """The closed day stays as it was, and the line keeps its value date."""
    [_paid, fee] = told(
        world,
        "TX-0001,2026-03-31,1000.00,CNY,Thank you,1000.00",
        ",2026-03-31,-15.00,CNY,Monthly fee,985.00",
    )
    closing = money.closed(world)
    assert sheet_of(world).after.difference == D("-15.00")
    item = money.booked_item(world, fee)
    assert (item.received_on, item.booked_on) == (DAY, NEXT)
    closed, later = sheet_of(world), sheet_of(world, NEXT)
    assert (closed.after.in_books, closed.named) == (D("1000.00"), D("-15.00"))
    assert Transfer.objects.filter(booked_on__lte=closing.day).count() == closing.transfers
    [row] = later.rows
    assert (row.finding, row.in_books, row.difference) == (Finding.OTHER_DAY, D("-15.00"), D(0))
    assert later.after.in_books == D("985.00")
    page = page_of("treasurer").get("/money/bank/?day=2026-03-31").content.decode()
    assert "Value date 31 Mar 2026, booked on 1 Apr 2026" in page


def test_what_differs_from_a_payment_has_a_place_too(world: World) -> None:
    """An officer recorded 12,000.00, and the bank has 11,990.00 and kept the rest."""
    order = given.paid(world)
    payment = Payment.objects.get()
    [line] = told(world, f"{payment.reference},2026-04-01,11990.00,CNY,,11990.00")
    item = money.booked_item(world, line)
    assert (order.due_first, item.amount, item.payment) == (D("12000.00"), D("-10.00"), None)
    assert on(AccountKind.BANK_FEE) == D("-10.00")
    assert sheet_of(world, payment.received_on).after.in_books == D("11990.00")


def test_what_is_likely_a_payout_is_said_so_first(world: World) -> None:
    """A line with the amount of outgoing money is confirmed or declined before it is named."""
    line = money.likely_line(world)
    by = world.actor("treasurer")
    with pytest.raises(WrongState) as refused:
        propose_bank_item(line.pk, kind=ItemKind.FEE, by=by)
    assert refused.value.code == "line-likely"
    sent = Disbursement.objects.get()
    decline_match(line.pk, disbursement=sent.pk, by=by)
    item = propose_bank_item(line.pk, kind=ItemKind.FEE, by=by)
    with pytest.raises(WrongState) as refused:
        confirm_match(line.pk, disbursement=sent.pk, by=by)
    assert refused.value.code == "line-has-home"
    assert item.amount == -sent.amount


def test_a_line_has_one_home(world: World) -> None:
    """Another kind is refused until the first is rejected; the same one again is the same."""
    line, by = money.bank_fee(world), world.actor("treasurer")
    first = propose_bank_item(line.pk, kind=ItemKind.FEE, by=by)
    assert propose_bank_item(line.pk, kind=ItemKind.FEE, by=by) == first
    with pytest.raises(WrongState) as refused:
        propose_bank_item(line.pk, kind=ItemKind.INTEREST, by=by)
    assert refused.value.code == "line-has-home"
    with pytest.raises(NotAllowed) as kept_out:
        confirm_bank_item(first.pk, by=by)
    assert kept_out.value.code == "proposed-by-you"
    reject_bank_item(first.pk, reason="It is interest.", by=by)
    assert not Account.objects.filter(kind=AccountKind.BANK_FEE).exists()
    again = money.booked_item(world, line, ItemKind.INTEREST)
    assert on(AccountKind.INTEREST) == D("-15.00")
    with pytest.raises(WrongState):
        propose_bank_item(again.line_id, kind=ItemKind.INTEREST, by=by)


def test_what_was_allocated_meanwhile_is_not_booked(world: World) -> None:
    """The payment found its order while the proposal waited."""
    payment = money.unallocated(world)
    line = BankLine.objects.get(reference=payment.reference)
    item = money.proposed_item(world, line, ItemKind.INTEREST)
    money.allocate(world, payment, money.charge_of(given.signed(world)))
    with pytest.raises(WrongState) as refused:
        confirm_bank_item(item.pk, by=world.actor("second_treasurer"))
    assert refused.value.code == "line-has-home"


def test_a_line_that_two_statements_have_is_booked_once(world: World) -> None:
    """Whichever of them is asked: the balance after it tells that it is one line."""
    same = ",2026-03-31,-15.00,CNY,Fee,985.00"
    [first] = told(world, same)
    [second, _other] = told(world, same, "TX-0002,2026-03-31,10.00,CNY,,995.00")
    item = money.booked_item(world, second)
    assert item.line == first
    with pytest.raises(WrongState):
        propose_bank_item(second.pk, kind=ItemKind.FEE, by=world.actor("treasurer"))


def test_the_centre_pays_out_what_the_bank_left(world: World) -> None:
    """Fees of the bank are taken from what the centre has: fees, interest, never others' money."""
    given.completed(world)
    fees = Account.objects.get(kind=AccountKind.FEE)
    whole = payable_of(fees)
    money.booked_item(world, money.bank_fee(world))
    assert payable_of(fees) == whole - 15
    money.booked_item(world, money.interest(world), ItemKind.INTEREST)
    interest = Account.objects.get(kind=AccountKind.INTEREST)
    assert (payable_of(fees), payable_of(interest)) == (whole - 15 + D("3.21"), D("3.21"))


def test_pages_offer_it_and_say_what_was_said(world: World, page_of: PageClients) -> None:
    """A finance officer is offered the three kinds; a second one finds it on the desk."""
    line = money.bank_fee(world)
    statement = reverse("bank_statement", args=[line.statement_id])
    page = page_of("treasurer").get(statement).content.decode()
    assert reverse("bank_item_propose", args=[line.pk]) in page
    assert reverse("bank_item_propose", args=[line.pk]) not in (
        page_of("auditor").get(statement).content.decode()
    )
    item = money.proposed_item(world, line)
    address = reverse("bank_item_detail", args=[item.pk])
    assert address in page_of("treasurer").get(statement).content.decode()
    assert address in page_of("second_treasurer").get(reverse("desk")).content.decode()
    shown = page_of("second_treasurer").get(address).content.decode()
    assert reverse("bank_item_confirm", args=[item.pk]) in shown
    own = page_of("treasurer").get(address).content.decode()
    assert "Ask a second finance officer" in own
    refused = page_of("treasurer").post(reverse("bank_item_propose", args=[line.pk]), {"kind": "x"})
    assert refused.status_code == 422
