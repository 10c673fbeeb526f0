from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.books.models import Account
from marketplace.trading.orders.settlement.selectors import sees_all_money, titled
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.closing.states import ClosingState


def closings_visible_to(by: Actor) -> QuerySet[DayClosing]:
    """Return the closed days, to the centre alone."""
    rows = DayClosing.objects.all()
    return rows if sees_all_money(by) else rows.none()


def closing_proposals_visible_to(by: Actor) -> QuerySet[ClosingProposal]:
    """Return the proposals to close a day, to the centre alone."""
    rows = ClosingProposal.objects.all()
    return rows if sees_all_money(by) else rows.none()


def waiting_closings(by: Actor) -> QuerySet[ClosingProposal]:
    """Return the days that wait for a second finance officer, for the centre."""
    rows = closing_proposals_visible_to(by).filter(state=ClosingState.PROPOSED)
    return rows.order_by("day")


def closed_accounts(closing: DayClosing | ClosingProposal) -> list[dict[str, Any]]:
    """Return the accounts of a day that moved or stood at something, with their names."""
    named = titled(Account.objects.select_related("organization"))
    rows = {str(account.pk): account for account in named}
    amounts = ("came", "went", "balance")
    return [
        {**row, **{name: Decimal(row[name]) for name in amounts}, "name": rows[row["account"]]}
        for row in closing.totals["accounts"]
        if any(Decimal(row[name]) for name in amounts)
    ]
