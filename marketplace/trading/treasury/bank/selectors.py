from django.db.models import Q, QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine, BankMatch, BankStatement
from marketplace.trading.treasury.bank.states import TOLD
from marketplace.trading.treasury.held_line.states import HeldState


def lines_at_bank() -> QuerySet[BankLine]:
    """Return the lines that are the bank's word: those of statements that two people have seen."""
    return BankLine.objects.filter(statement__state__in=TOLD)


def counted_lines() -> QuerySet[BankLine]:
    """Return the lines that count, each once: no statement told them before, and none is held."""
    is_another = Q(held=None) | Q(held__state=HeldState.ANOTHER)
    return lines_at_bank().filter(is_another, repeated=None)


def is_at_bank(statement: BankStatement) -> bool:
    """Return whether two people have seen a statement, so that its lines count."""
    return statement.state in TOLD


def bank_lines_visible_to(by: Actor) -> QuerySet[BankLine]:
    """Return the lines of confirmed bank statements, to the centre alone."""
    rows = lines_at_bank().select_related("statement")
    return rows if sees_all_money(by) else rows.none()


def bank_matches_visible_to(by: Actor) -> QuerySet[BankMatch]:
    """Return what was said of bank lines, to the centre alone."""
    rows = BankMatch.objects.select_related(
        "line__statement",
        "disbursement__account__organization",
        "disbursement__order__listing",
        "disbursement__payment__charge__order__listing",
    )
    return rows if sees_all_money(by) else rows.none()
