from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotFound, clock, visible
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def deletion_of(order: Order) -> Deletion | None:
    """Return the statement that the buyer of an order owes or has made."""
    return Deletion.objects.filter(order=order).first()


def deletion_visible_to(by: Actor, order_id: UUID) -> Deletion:
    """Return the statement of an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or nothing is to be deleted.
    """
    deletion = deletion_of(visible(orders_visible_to(by), pk=order_id))
    if deletion is None:
        raise NotFound(_("Nothing is to be deleted for this order."))
    return deletion


def overdue_deletions_visible_to(by: Actor) -> QuerySet[Deletion]:
    """Return the statements that buyers have not made by their last day.

    Reviewers of the centre and its software see them all, sellers those of their data.
    """
    rows = Deletion.objects.select_related("order__buyer", "order__listing__organization")
    rows = rows.filter(stated_at=None, due_on__lt=clock.today())
    if by.is_system or by.has(Role.REVIEWER):
        return rows
    return rows.filter(order__listing__organization=by.organization_id)


def deletions_to_remind(on: date, stages: Sequence[int]) -> QuerySet[Deletion, tuple[UUID, UUID]]:
    """Return statement and order of what has reached a further stage, in days after its last."""
    reached = Q(pk__in=[])
    for number, days in enumerate(stages, 1):
        reached |= Q(due_on__lte=on - timedelta(days=days), reminded__lt=number)
    return Deletion.objects.filter(reached, stated_at=None).values_list("pk", "order_id")
