from django.db.models import QuerySet

from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.order.models import Order


def proposals_of(order: Order) -> QuerySet[Proposal]:
    """Return every offer that the sides made each other, first to last."""
    return Proposal.objects.filter(order=order).order_by("number")


def latest_proposal(order: Order) -> Proposal | None:
    """Return the offer that can be accepted; none of an order from before offers were kept."""
    return proposals_of(order).last()
