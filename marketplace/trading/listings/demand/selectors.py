from datetime import date

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.states import DemandState


def demands_visible_to(by: Actor) -> QuerySet[Demand]:
    """Return every request for data to the centre's staff, and to all one's organization's own.

    Officers read those that are open, and those that their organization has answered.
    """
    rows = Demand.objects.select_related("buyer")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    seen = Q(buyer_id=by.organization_id)
    if by.has(Role.OFFICER):
        answered = DemandAnswer.objects.filter(seller_id=by.organization_id).values("demand_id")
        seen |= Q(state=DemandState.OPEN) | Q(pk__in=answered)
    return rows.filter(seen)


def answers_visible_to(by: Actor) -> QuerySet[DemandAnswer]:
    """Return all answers to the buyer and the centre's staff, else one's organization's own."""
    rows = DemandAnswer.objects.select_related("seller", "listing")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(Q(demand__buyer_id=by.organization_id) | Q(seller_id=by.organization_id))


def demands_past(today: date) -> QuerySet[Demand]:
    """Return the open requests whose last day has passed."""
    return Demand.objects.filter(state=DemandState.OPEN, open_until__lt=today)
