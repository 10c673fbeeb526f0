from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.states import OVER, ItemState


def bank_items_visible_to(by: Actor) -> QuerySet[BankItem]:
    """Return what was said of lines of the bank's own, to the centre alone."""
    rows = BankItem.objects.select_related("line__statement", "payment")
    return rows if sees_all_money(by) else rows.none()


def waiting_bank_items(by: Actor) -> QuerySet[BankItem]:
    """Return the lines of the bank's own that wait for a second finance officer, oldest first."""
    return bank_items_visible_to(by).filter(state=ItemState.PROPOSED).order_by("created_at")


def items_to_reverse(by: Actor) -> QuerySet[BankItem]:
    """Return the booked lines whose reversal waits for a second finance officer, oldest first."""
    return bank_items_visible_to(by).filter(state=ItemState.REVERSING).order_by("created_at")


def booked_items() -> QuerySet[BankItem]:
    """Return what was booked of the bank's own, also what was reversed later."""
    return BankItem.objects.exclude(booked_on=None).select_related("line")


def items_of(lines: Collection[BankLine], *, at: date | None = None) -> dict[UUID, BankItem]:
    """Return what was said of lines that count and stands, by the line.

    `at` is the day on whose books one looks: what was reversed later stood then.
    """
    known = {line.pk for line in lines}
    days = {line.booked_on for line in lines}
    rows = BankItem.objects.filter(line__booked_on__in=days).select_related("line")
    found: dict[UUID, BankItem] = {}
    if at is not None:
        stood = rows.filter(payment=None, booked_on__lte=at, reversed_on__gt=at)
        found = {item.line_id: item for item in stood if item.line_id in known}
    for item in rows.exclude(state__in=OVER):
        if item.line_id in known and item.line_id not in found:
            found[item.line_id] = item
    return found


def is_said(line: BankLine) -> bool:
    """Return whether somebody says that a line is the bank's own, and nobody rejected it."""
    return line.pk in items_of([line])


@dataclass
class Moved:
    """What the books moved on some days for a line that the bank has on another one."""

    item: BankItem
    stood_before: bool = False
    stands_after: bool = False


def items_moved_within(currency: str, first: date, last: date) -> list[Moved]:
    """Return what was booked or reversed on some days of lines that the bank has on others.

    What came in was booked as a payment, whose own row tells the same.
    """
    rows = booked_items().filter(moved_within(first, last), currency=currency, payment=None)
    within = {"line__booked_on__gte": first, "line__booked_on__lte": last}
    found: dict[UUID, Moved] = {}
    for item in rows.exclude(**within).order_by("booked_on", "created_at"):
        assert item.booked_on is not None
        moved = found.setdefault(item.line_id, Moved(item))
        moved.stood_before |= item.booked_on < first
        if item.reversed_on is None or item.reversed_on > last:
            moved.item, moved.stands_after = item, True
    return [moved for moved in found.values() if moved.stood_before != moved.stands_after]


def moved_within(first: date, last: date) -> Q:
    """Return the condition that an item was booked or reversed on some days."""
    booked = Q(booked_on__gte=first, booked_on__lte=last)
    return booked | Q(reversed_on__gte=first, reversed_on__lte=last)
