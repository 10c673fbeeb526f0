"""What was booked as the wrong kind is taken back by two, and its line is named anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.binding import state_faults
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.services import (
    confirm_reversal,
    propose_reversal,
    reject_bank_item,
    reject_reversal,
)
from marketplace.trading.treasury.closing.computing import closed_day_faults
from marketplace.trading.treasury.held_line.days import lines_of_days
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.reconciliation.comparing import reconciled, reconciliation_of_day
from marketplace.trading.treasury.reconciliation.services import confirm_bank_item
from marketplace.trading.treasury.reconciliation.sheet import Finding, Sheet
from tests.conftest import PageClients
from tests.given import money
from tests.given.pipeline import catch_up
from tests.given.world import World

D = Decimal
DAY, NEXT = date(2026, 3, 31), date(2026, 4, 1)


def sheet_of(world: World, day: date = DAY) -> Sheet:
    """Return the one currency of a day."""
    [sheet] = reconciliation_of_day(day, by=world.actor("treasurer")).sheets
    return sheet


def on(kind: AccountKind) -> Decimal:
    """Return what stands on an account of the centre's own."""
    return Account.objects.get(kind=kind).balance


def test_a_line_is_named_anew(world: World) -> None:
    """Booked as a fee, reversed by two on the open day, and booked as interest."""
    line = money.bank_fee(world)
    item = money.reversed_item(world, money.booked_item(world, line))
    assert (item.state, item.booked_on, item.reversed_on) == ("reversed", DAY, DAY)
    assert on(AccountKind.BANK_FEE) == 0
    [row] = sheet_of(world).rows
    assert (row.finding, row.difference, row.item) == (Finding.NOT_BOOKED, D("-15.00"), None)
    money.booked_item(world, line, ItemKind.INTEREST)
    assert (on(AccountKind.BANK_FEE), on(AccountKind.INTEREST)) == (D(0), D("-15.00"))
    assert sheet_of(world).named == 0
    assert list(state_faults()) == []


def test_what_came_in_waits_again(world: World) -> None:
    """Interest that is a buyer's payment after all: it waits to be allocated, as before."""
    line = money.interest(world)
    money.reversed_item(world, money.booked_item(world, line, ItemKind.INTEREST))
    payment = Payment.objects.get(reference=line.reference)
    assert (payment.state, on(AccountKind.INTEREST)) == ("unallocated", D(0))
    assert on(AccountKind.UNALLOCATED) == D("3.21")
    assert [row.finding for row in sheet_of(world).rows] == [Finding.UNALLOCATED]
    money.booked_item(world, line, ItemKind.CORRECTION)
    assert on(AccountKind.CORRECTION) == D("3.21")
    assert list(state_faults()) == []


def test_a_closed_day_stays_as_it_was(world: World) -> None:
    """The counter booking stands on the first open day, and so does the new name of the line."""
    line = money.bank_fee(world)
    item = money.booked_item(world, line)
    closing = money.closed(world)
    closed = sheet_of(world)
    item = money.reversed_item(world, item)
    assert (item.booked_on, item.reversed_on) == (DAY, NEXT)
    after = sheet_of(world)
    assert (after.after, after.moved, after.named) == (closed.after, closed.moved, closed.named)
    assert [row.finding for row in after.rows] == [Finding.BANK_OWN]
    [row] = sheet_of(world, NEXT).rows
    assert row.finding == Finding.REVERSED
    assert (row.in_books, row.difference) == (D("15.00"), D("-15.00"))
    [both] = reconciled(lines_of_days(DAY, NEXT), DAY, NEXT).sheets
    assert [row.finding for row in both.rows] == [Finding.NOT_BOOKED]
    assert both.named == both.moved.difference == D("-15.00")
    again = money.booked_item(world, line, ItemKind.CORRECTION)
    assert again.booked_on == NEXT
    assert reconciliation_of_day(NEXT, by=world.actor("treasurer")).sheets[0].named == 0
    assert Transfer.objects.filter(booked_on__lte=closing.day).count() == closing.transfers
    assert list(closed_day_faults()) == []


def test_two_people_reverse(world: World, page_of: PageClients) -> None:
    """Who proposed it cannot; a rejection is told to them, and the line stays booked."""
    item, by = money.booked_item(world), world.actor("treasurer")
    second = world.actor("second_treasurer")
    with pytest.raises(Invalid):
        propose_reversal(item.pk, reason=" ", by=by)
    propose_reversal(item.pk, reason="It is interest.", by=by)
    with pytest.raises(NotAllowed) as kept_out:
        confirm_reversal(item.pk, by=by)
    assert kept_out.value.code == "proposed-by-you"
    out_of_turn: tuple[Callable[[], object], ...] = (
        lambda: propose_reversal(item.pk, reason="It is interest.", by=second),
        lambda: confirm_bank_item(item.pk, by=second),
        lambda: reject_bank_item(item.pk, reason="No.", by=second),
    )
    for act in out_of_turn:
        with pytest.raises(WrongState):
            act()
    assert on(AccountKind.BANK_FEE) == D("-15.00")
    address = reverse("bank_item_detail", args=[item.pk])
    assert address in page_of("second_treasurer").get(reverse("desk")).content.decode()
    shown = page_of("second_treasurer").get(address).content.decode()
    assert reverse("reversal_confirm", args=[item.pk]) in shown
    reject_reversal(item.pk, reason="It is a fee.", by=second)
    catch_up()
    assert Notice.objects.get(kind="reversal_rejected").person_id == by.person_id
    assert "It is a fee." in page_of("treasurer").get(address).content.decode()
    assert sheet_of(world).named == 0
    with pytest.raises(WrongState):
        confirm_reversal(item.pk, by=second)


def test_who_proposed_is_told_of_a_rejection(world: World) -> None:
    """What a finance officer said a line is, and a second one does not see."""
    item = money.proposed_item(world)
    reject_bank_item(item.pk, reason="It is a payout.", by=world.actor("second_treasurer"))
    catch_up()
    notice = Notice.objects.get(kind="bank_item_rejected")
    assert notice.person_id == world.actor("treasurer").person_id


def test_the_database_keeps_them_apart(world: World) -> None:
    """One person, or nobody, reverses nothing by SQL either."""
    item = money.reversing_item(world)
    for by in ("reversal_by_id", "NULL"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE treasury_bankitem SET state = 'reversed', reversed_on = booked_on, "
                f"reversed_by_id = {by}"
            )
    assert BankItem.objects.get(pk=item.pk).state == "reversing"
    assert BankLine.objects.get(pk=item.line_id).items.count() == 1
