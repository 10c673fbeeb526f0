"""The API of negotiation, and of ending a contract."""

from typing import Any

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.plans import plan_of
from marketplace.trading.orders.negotiation.serializers import CounterOrderIn
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.web.api import ActView


class CounterOrder(ActView):
    """Answer the other side's offer with one of one's own."""

    takes = CounterOrderIn
    gives = OrderOut
    scope = Scope.TRADE
    summary = "Make a counter-offer"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        order = visible(orders_visible_to(by), pk=ids["pk"])
        return counter_order(
            ids["pk"],
            offer=data["offer"],
            plan=plan_of(data["plan"]) if "plan" in data else order.agreed_plan,
            terms=order.agreed_terms.changed(data.get("terms", {})),
            message=data["message"],
            by=by,
        )
