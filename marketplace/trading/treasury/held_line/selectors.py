from datetime import date

from django.db.models import Q, QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank.selectors import lines_at_bank
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.states import OPEN, HeldState


def held_lines_visible_to(by: Actor) -> QuerySet[HeldLine]:
    """Return the lines that were or are held, to the centre alone."""
    rows = HeldLine.objects.select_related("line__statement", "alike__statement")
    return rows if sees_all_money(by) else rows.none()


def lines_to_compare(by: Actor) -> QuerySet[HeldLine]:
    """Return the held lines of which nobody has said what they are, oldest first."""
    rows = held_lines_visible_to(by).filter(state=HeldState.HELD)
    return rows.order_by("line__booked_on", "created_at")


def lines_to_confirm(by: Actor) -> QuerySet[HeldLine]:
    """Return the held lines that wait for a second finance officer, oldest first."""
    return held_lines_visible_to(by).filter(state=HeldState.PROPOSED).order_by("created_at")


def held_until(day: date) -> QuerySet[HeldLine]:
    """Return the lines of a day and all before it that are held."""
    return HeldLine.objects.filter(state__in=OPEN, line__booked_on__lte=day)


def counted_lines() -> QuerySet[BankLine]:
    """Return the lines that count, each once: no statement told them before, and none is held."""
    is_another = Q(held=None) | Q(held__state=HeldState.ANOTHER)
    return lines_at_bank().filter(is_another, repeated=None)
