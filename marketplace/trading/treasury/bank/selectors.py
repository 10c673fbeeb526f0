"""Read bank lines and their matches."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.core.actor import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine, BankMatch


def bank_lines_visible_to(by: Actor) -> QuerySet[BankLine]:
    """Return the lines of imported bank statements, to the centre alone."""
    rows = BankLine.objects.select_related("statement")
    return rows if sees_all_money(by) else rows.none()


def bank_matches_visible_to(by: Actor) -> QuerySet[BankMatch]:
    """Return what was said of bank lines, to the centre alone."""
    rows = BankMatch.objects.select_related(
        "line__statement", "disbursement__account__organization"
    )
    return rows if sees_all_money(by) else rows.none()
