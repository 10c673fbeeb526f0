"""The API of closed days."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.treasury.closing import selectors, serializers
from marketplace.trading.treasury.closing.services import close_day
from marketplace.web.api import act_view, list_view

Closings = list_view(
    selectors.closings_visible_to,
    operation="list_closings",
    gives=serializers.ClosingOut,
    summary="List closed days",
    about="The closed days, for the centre.",
)

CloseDay = act_view(
    close_day,
    scope=Scope.ADMINISTER,
    compares=False,
    takes=serializers.CloseIn,
    gives=serializers.ClosingOut,
    summary="Close the books of a day",
    about="Close the books of a past day; closing it again answers the same closing.",
)
