"""The ε of a sandbox: what is promised to buyers by contract, and what is left to be sold.

All answers about a version together keep to one budget for ever. A contract promises its buyer a
part of it, which is reserved when both have signed, so that no two are sold the same; what they
have not spent when their access ends is free again.
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.trading.models import BudgetPeriod, Listing, Order, ReservedBudget, Sandbox
from marketplace.trading.states import UNDONE
from marketplace.trading.terms import Terms

NOTHING = Decimal(0)
LIVE = Q(ended_at=None) & ~Q(order__state__in=UNDONE)
"""Whose buyer can still ask, or will be able to."""


def promised(epsilon: Decimal, period: str, months: int) -> Decimal:
    """Return the ε that a buyer may spend while a licence of so many months lasts.

    A budget by the month begins anew with each calendar month, and a licence that begins within one
    reaches into one more.
    """
    return epsilon if period == BudgetPeriod.LICENCE else epsilon * (months + 1)


def _promised(sandbox: Sandbox, terms: Terms) -> Decimal:
    return promised(sandbox.epsilon, sandbox.period, terms.licence_months)


def budget_left(sandbox: Sandbox, *, besides: ReservedBudget | None = None) -> Decimal:
    """Return the ε of a sandbox that is neither spent nor promised, at least 0.

    `besides` leaves out what one promise has not spent, and what was promised after it.
    """
    reserved = ReservedBudget.objects.filter(version_id=sandbox.listing.version_id)
    is_owed = LIVE
    if besides is not None:
        is_owed &= ~Q(pk=besides.pk) & Q(created_at__lte=besides.created_at)
    # In one statement: a question that is answered meanwhile moves ε from one sum to the other.
    taken = reserved.aggregate(
        taken=Sum(
            F("learnt") + Case(When(is_owed, F("epsilon") - F("spent")), default=Value(NOTHING))
        )
    )["taken"]
    return max(NOTHING, _most(sandbox, reserved.filter(LIVE)) - (taken or NOTHING))


def _most(sandbox: Sandbox, live: QuerySet[ReservedBudget]) -> Decimal:
    """Return the least of what those listings of a version allow that have buyers, and this one."""
    others = Sandbox.objects.filter(listing__orders__reserved_budget__in=live)
    least = others.aggregate(least=Min("epsilon_all"))["least"]
    most: Decimal = sandbox.epsilon_all
    return min(most, least) if least is not None else most


def is_sold_out(listing: Listing) -> bool:
    """Tell whether a sandbox has less left than a buyer would be promised."""
    sandbox = Sandbox.objects.filter(listing=listing).select_related("listing").first()
    return sandbox is not None and budget_left(sandbox) < _promised(
        sandbox, Terms.from_json(listing.terms)
    )


def refuse_if_sold_out(listing: Listing) -> None:
    """Refuse to offer or to order answers that no budget is left for.

    Raises:
        WrongState: less is left than a buyer would be promised (`budget-sold`).
    """
    if is_sold_out(listing):
        raise _sold()


def refuse_unless_promised(order: Order) -> None:
    """Refuse where the budget that an order is to have, or has, is not there.

    Raises:
        WrongState: it is spent, or promised to others (`budget-sold`).
    """
    _checked(order)


def reserve_budget(order: Order) -> None:
    """Promise the buyer of an order the ε that its terms give, or as much more as they give now.

    Call it with the order locked. Orders of no sandbox need nothing.

    Raises:
        WrongState: it is spent, or promised to others (`budget-sold`).
    """
    of_version = Sandbox.objects.filter(listing__version_id=order.listing.version_id)
    # Two that sign at once take the rows in one order, so that the second sees the first.
    list(of_version.order_by("pk").select_for_update(of=("self",)))
    found = _checked(order)
    if found is None:
        return
    reserved, epsilon = found
    if reserved is None:
        ReservedBudget.objects.create(
            order=order, version_id=order.listing.version_id, epsilon=epsilon
        )
    elif epsilon > reserved.epsilon:
        reserved.epsilon = epsilon
        reserved.save(update_fields=["epsilon"])


def spend_reserved(order_id: UUID, epsilon: Decimal, *, is_new: bool) -> None:
    """Take ε of a promise; `is_new` takes it from what all may learn too."""
    learnt = epsilon if is_new else NOTHING
    ReservedBudget.objects.filter(order_id=order_id).update(
        spent=F("spent") + epsilon, learnt=F("learnt") + learnt
    )


def release_reserved(order_id: UUID) -> None:
    """Let what an order has not spent be sold again: its access has ended for good."""
    ReservedBudget.objects.filter(order_id=order_id, ended_at=None).update(ended_at=clock.now())


def _checked(order: Order) -> tuple[ReservedBudget | None, Decimal] | None:
    """Return what is promised to an order and what it is to be; None of no sandbox."""
    sandboxes = Sandbox.objects.filter(listing_id=order.listing_id).select_related("listing")
    sandbox = sandboxes.first()
    if sandbox is None:
        return None
    reserved = ReservedBudget.objects.filter(order=order).first()
    wanted = _promised(sandbox, order.agreed_terms)
    if reserved is None or wanted > reserved.epsilon:
        # What is asked for anew comes after all that is promised.
        more, left = wanted - (reserved.epsilon if reserved else NOTHING), budget_left(sandbox)
    else:
        more = reserved.epsilon - reserved.spent
        left = budget_left(sandbox, besides=reserved)
    if left < more:
        raise _sold()
    return reserved, wanted


def _sold() -> WrongState:
    return WrongState(
        _(
            "What all buyers together may learn of this data is spent or promised to others, so "
            "that no answer could be given. Look for another offer of the seller, or ask for one."
        ),
        code="budget-sold",
    )
