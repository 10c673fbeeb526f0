from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.demand import selectors
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.serializers import (
    DemandAnswerOut,
    DemandOut,
    PostDemandIn,
)
from marketplace.trading.listings.demand.services import (
    Wish,
    post_demand,
)
from marketplace.web.api import ActView, ListView


class PostDemand(ActView):
    """Ask for data that is not listed; the same request key again answers the same request."""

    takes = PostDemandIn
    gives = DemandOut
    creates = True
    made_at = "get_demand"
    scope = Scope.TRADE
    summary = "Post a request for data"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Demand:
        request_key = data.pop("request_key")
        return post_demand(wish=Wish(**data), request_key=request_key, by=by)


class DemandAnswers(ListView):
    """The answers to a request: all for the buyer, one's own for a seller."""

    gives = DemandAnswerOut
    operation = "list_demand_answers"
    summary = "List the answers to a request for data"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        demand = visible(selectors.demands_visible_to(by), pk=ids["pk"])
        return selectors.answers_visible_to(by).filter(demand=demand)
