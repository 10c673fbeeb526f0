from uuid import UUID

from marketplace.core import Actor
from marketplace.trading.orders.deletion import selectors, serializers
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.web.api import ThingView


class OrderDeletion(ThingView):
    """The statement of deletion of an order, for both sides and the centre."""

    gives = serializers.DeletionOut
    operation = "get_order_deletion"
    summary = "Get the statement of deletion of an order"

    def thing(self, by: Actor, **ids: UUID) -> Deletion:
        return selectors.deletion_visible_to(by, ids["pk"])
