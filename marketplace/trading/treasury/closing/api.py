"""The API of closed days."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.trading.treasury.closing import selectors, serializers
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.services import close_day
from marketplace.web.api import ActView, ListView


class Closings(ListView):
    """The closed days, for the centre."""

    gives = serializers.ClosingOut
    operation = "list_closings"
    summary = "List closed days"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.closings_visible_to(by)


class CloseDay(ActView):
    """Close the books of a past day; closing it again answers the same closing."""

    takes = serializers.CloseIn
    gives = serializers.ClosingOut
    operation = "close_day"
    summary = "Close the books of a day"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DayClosing:
        return close_day(day=data["day"], by=by)
