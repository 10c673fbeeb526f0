from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.states import TOLD, StatementState


def lines_at_bank() -> QuerySet[BankLine]:
    """Return the lines that are the bank's word: those of statements that two people have seen."""
    return BankLine.objects.filter(statement__state__in=TOLD)


def is_at_bank(statement: BankStatement) -> bool:
    """Return whether two people have seen a statement, so that its lines count."""
    return statement.state in TOLD


def bank_lines_visible_to(by: Actor) -> QuerySet[BankLine]:
    """Return the lines of confirmed bank statements, to the centre alone."""
    rows = lines_at_bank().select_related("statement")
    return rows if sees_all_money(by) else rows.none()


def statements_visible_to(by: Actor) -> QuerySet[BankStatement]:
    """Return the imported bank statements, to the centre alone."""
    rows = BankStatement.objects.all()
    return rows if sees_all_money(by) else rows.none()


def waiting_statements(by: Actor) -> QuerySet[BankStatement]:
    """Return the statements that wait for a second finance officer, for the centre."""
    return statements_visible_to(by).filter(state=StatementState.IMPORTED)
