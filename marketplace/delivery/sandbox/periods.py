"""The periods for which a sandbox's budget is."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from marketplace.core import clock
from marketplace.delivery.models import Grant, QuestionBudget
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox


def period_of(grant: Grant, sandbox: Sandbox) -> int:
    """Return the number of the present period of a grant: calendar months from 0, or 0 for ever."""
    if sandbox.period == BudgetPeriod.LICENCE:
        return 0
    start, now = timezone.localtime(grant.created_at), timezone.localtime(clock.now())
    return max(0, 12 * (now.year - start.year) + now.month - start.month)


def period_ends_at(grant: Grant, sandbox: Sandbox) -> datetime | None:
    """Return when the budget begins anew: at the next month, unless the licence ends before."""
    if sandbox.period == BudgetPeriod.LICENCE:
        return None
    now = timezone.localtime(clock.now())
    months = 12 * now.year + now.month
    start = now.replace(
        year=months // 12,
        month=months % 12 + 1,
        day=1,
        hour=0,
        minute=0,
        second=0,
        microsecond=0,
    )
    return start if start < grant.expires_at else None


def spent_in(grant: Grant, sandbox: Sandbox, budget: QuestionBudget | None) -> Decimal:
    """Return how much ε a grant has spent in the present period."""
    is_of_now = budget is not None and budget.period == period_of(grant, sandbox)
    return budget.spent if budget is not None and is_of_now else Decimal(0)


def left_in(grant: Grant, sandbox: Sandbox, budget: QuestionBudget | None) -> Decimal:
    """Return how much ε of a grant is left in the present period."""
    left: Decimal = sandbox.epsilon - spent_in(grant, sandbox, budget)
    return left
