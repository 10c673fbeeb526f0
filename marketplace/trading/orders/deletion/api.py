"""The API of statements of deletion."""

from __future__ import annotations

from uuid import UUID

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.trading.orders.deletion import selectors, serializers, services
from marketplace.trading.orders.deletion.filters import DeletionFilters
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.web.api import ThingView, act_view, list_view

OverdueDeletions = list_view(
    selectors.overdue_deletions_visible_to,
    operation="list_overdue_deletions",
    filters=DeletionFilters,
    gives=serializers.DeletionOut,
    summary="List overdue statements of deletion",
    about=(
        "What buyers have not stated in time: for reviewers all, for sellers those of their data."
    ),
)


class OrderDeletion(ThingView):
    """The statement of deletion of an order, for both sides and the centre."""

    gives = serializers.DeletionOut
    operation = "get_order_deletion"
    summary = "Get the statement of deletion of an order"

    def thing(self, by: Actor, **ids: UUID) -> Deletion:
        return selectors.deletion_visible_to(by, ids["pk"])


StateDeletion = act_view(
    services.state_deletion,
    scope=Scope.TRADE,
    takes=serializers.DeletionIn,
    gives=serializers.DeletionOut,
    summary="State the deletion of data",
    about="State for the buyer that every copy of data whose use has ended is deleted.",
)
