from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit, EarlierMediator
from marketplace.trading.orders.dispute.states import UNENDED, DisputeState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def disputes_visible_to(by: Actor) -> QuerySet[Dispute]:
    """Return the disputes about the orders that the actor may see."""
    return Dispute.objects.filter(order__in=orders_visible_to(by)).select_related(
        "order__listing__organization", "order__buyer", "organization"
    )


def open_dispute_of(order: Order) -> Dispute | None:
    return Dispute.objects.filter(order=order, state__in=UNENDED).first()


def disputes_of(order: Order) -> QuerySet[Dispute]:
    """Return every dispute about an order, the newest first."""
    return Dispute.objects.filter(order=order)


def exhibits_visible_to(by: Actor) -> QuerySet[DisputeExhibit]:
    """Return what is shown in the disputes that the actor may see."""
    disputes = disputes_visible_to(by).order_by().values("pk")
    rows = DisputeExhibit.objects.filter(dispute__in=disputes)
    return rows.select_related("organization", "file")


def exhibits_of(dispute: Dispute) -> QuerySet[DisputeExhibit]:
    """Return what both sides show."""
    return DisputeExhibit.objects.filter(dispute=dispute).select_related("organization", "file")


def takeovers_of(dispute: Dispute) -> QuerySet[EarlierMediator]:
    """Return who mediated a dispute before others took it over, oldest first."""
    return EarlierMediator.objects.filter(dispute=dispute)


def mediators_of(dispute: Dispute) -> set[UUID]:
    """Return everybody who mediates a dispute or did."""
    earlier = set(takeovers_of(dispute).values_list("person_id", flat=True))
    return earlier | ({dispute.proposed_by_id} if dispute.proposed_by_id else set())


def decided_past_appeal(*, on: date) -> QuerySet[Dispute]:
    """Return the decisions that nobody appealed in time."""
    return Dispute.objects.filter(state=DisputeState.DECIDED, appeal_until__lt=on)
