"""The API of lineage."""

from __future__ import annotations

from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.orders.lineage import serializers
from marketplace.trading.orders.lineage.selectors import Lineage, lineage_of
from marketplace.trading.orders.lineage.services import declare_bought_origin
from marketplace.web.api import ThingView, act_view
from marketplace.web.serializers import ReasonIn


class DatasetLineage(ThingView):
    """What a dataset was made from, level by level, and what was made of it."""

    gives = serializers.LineageOut
    operation = "get_lineage"
    summary = "Get the lineage of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Lineage:
        """Select."""
        return lineage_of(visible(datasets_visible_to(by), pk=ids["pk"]), by)


DeclareOrigin = act_view(
    declare_origin,
    scope=Scope.TRADE,
    takes=serializers.OriginIn,
    gives=serializers.OriginOut,
    summary="Declare an origin of a dataset",
    about="Say that a dataset was made from another one of its organization, or from elsewhere.",
)
DeclareBoughtOrigin = act_view(
    declare_bought_origin,
    scope=Scope.TRADE,
    takes=serializers.BoughtOriginIn,
    gives=serializers.OriginOut,
    summary="Declare bought data as an origin",
    about="Say that a dataset was made from data that its organization bought here.",
)
WithdrawOrigin = act_view(
    withdraw_origin,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=serializers.OriginOut,
    about="Say, as a reviewer, that a dataset was not made from what was declared.",
)
