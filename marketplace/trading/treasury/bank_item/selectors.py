from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.states import ItemState


def bank_items_visible_to(by: Actor) -> QuerySet[BankItem]:
    """Return what was said of lines of the bank's own, to the centre alone."""
    rows = BankItem.objects.select_related("line__statement", "payment")
    return rows if sees_all_money(by) else rows.none()


def waiting_bank_items(by: Actor) -> QuerySet[BankItem]:
    """Return the lines of the bank's own that wait for a second finance officer, oldest first."""
    return bank_items_visible_to(by).filter(state=ItemState.PROPOSED).order_by("created_at")


def booked_items() -> QuerySet[BankItem]:
    return BankItem.objects.filter(state=ItemState.BOOKED).select_related("line")


def items_of(lines: Collection[BankLine]) -> dict[UUID, BankItem]:
    """Return what was said of lines that count and stands, by the line."""
    known = {line.pk for line in lines}
    days = {line.booked_on for line in lines}
    standing = BankItem.objects.exclude(state=ItemState.REJECTED).filter(line__booked_on__in=days)
    items = standing.select_related("line")
    return {item.line_id: item for item in items if item.line_id in known}


def is_said(line: BankLine) -> bool:
    """Return whether somebody says that a line is the bank's own, and nobody rejected it."""
    return line.pk in items_of([line])


def items_booked_within(currency: str, first: date, last: date) -> list[BankItem]:
    """Return what was booked on some days of lines that the bank has on others."""
    rows = booked_items().filter(currency=currency, booked_on__gte=first, booked_on__lte=last)
    within = {"line__booked_on__gte": first, "line__booked_on__lte": last}
    return list(rows.exclude(**within).order_by("booked_on", "created_at"))
