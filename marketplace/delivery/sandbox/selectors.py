"""Read answers and budgets, and the periods that budgets are for."""

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound, clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.sandbox.models import Answer, QuestionBudget
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox


def answers_visible_to(by: Actor) -> QuerySet[Answer]:
    """Return what the actor's organization was answered: its questions are nobody else's."""
    rows = Answer.objects.select_related("grant__listing", "release")
    if by.organization_id is None:
        return rows.none()
    return rows.filter(grant__organization_id=by.organization_id)


def answers_of(grant: Grant) -> QuerySet[Answer]:
    """Return the private answers of a grant. The caller has checked that the actor may see them."""
    return Answer.objects.select_related("release").filter(grant=grant)


def budget_of(grant: Grant) -> QuestionBudget | None:
    """Return what a grant has spent of its budget; None before its first question."""
    return QuestionBudget.objects.filter(grant=grant).first()


def sandbox_of_grant(grant: Grant) -> Sandbox:
    """Return what was declared of the sandbox that a grant opens.

    Raises:
        NotFound: it opens none.
    """
    found = None
    if grant.delivery.needs_sandbox:
        found = Sandbox.objects.filter(listing_id=grant.listing_id).first()
    if found is None:
        raise NotFound(_("This grant opens no sandbox."))
    return found


# The periods for which a sandbox's budget is.


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
