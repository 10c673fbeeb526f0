"""The API of the demand board."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.demand import selectors
from marketplace.trading.listings.demand.filters import DemandFilters
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.serializers import (
    AnswerDemandIn,
    DemandAnswerOut,
    DemandOut,
    OneDemandOut,
    PostDemandIn,
)
from marketplace.trading.listings.demand.services import (
    Wish,
    answer_demand,
    close_demand,
    post_demand,
)
from marketplace.web.api import ActView, ListView, act_view, list_view, thing_view


class PostDemand(ActView):
    """Ask for data that is not listed; the same request key again answers the same request."""

    takes = PostDemandIn
    gives = DemandOut
    creates = True
    made_at = "get_demand"
    scope = Scope.TRADE
    operation = "post_demand"
    summary = "Post a request for data"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Demand:
        wish = Wish(**{name: data[name] for name in data if name != "request_key"})
        return post_demand(wish=wish, request_key=data["request_key"], by=by)


class AnswerDemand(ActView):
    """Answer a request with a listing, or with words."""

    takes = AnswerDemandIn
    gives = DemandAnswerOut
    creates = True
    made_at = "get_demand_answer"
    scope = Scope.TRADE
    operation = "answer_demand"
    summary = "Answer a request for data"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DemandAnswer:
        return answer_demand(ids["pk"], listing_id=data["listing"], message=data["message"], by=by)


CloseDemand = act_view(
    close_demand,
    scope=Scope.TRADE,
    gives=DemandOut,
    summary="Close a request for data",
    about="Take a request off the board.",
)

Demands = list_view(
    selectors.demands_visible_to,
    operation="list_demands",
    filters=DemandFilters,
    gives=DemandOut,
    summary="List requests for data",
    about="The requests for data: the open ones for officers, and one's own organization's.",
)

OneDemand = thing_view(
    selectors.demands_visible_to,
    operation="get_demand",
    gives=OneDemandOut,
    summary="Get a request for data",
    about="A request for data, with the acts on it that are open to whoever asks.",
)


class DemandAnswers(ListView):
    """The answers to a request: all for the buyer, one's own for a seller."""

    gives = DemandAnswerOut
    operation = "list_demand_answers"
    summary = "List the answers to a request for data"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        demand = visible(selectors.demands_visible_to(by), pk=ids["pk"])
        return selectors.answers_visible_to(by).filter(demand=demand)


OneDemandAnswer = thing_view(
    selectors.answers_visible_to,
    operation="get_demand_answer",
    gives=DemandAnswerOut,
    summary="Get an answer to a request for data",
    about="An answer to a request for data.",
)
