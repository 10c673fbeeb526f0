from typing import Any

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.plans import chosen_plan, plan_of
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.order import services as orders
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.serializers import (
    OrderOut,
    PlaceOrderIn,
)
from marketplace.web.api import ActView


class PlaceOrder(ActView):
    """Order what is listed, or offer other terms; the same request key is the same order."""

    takes = PlaceOrderIn
    gives = OrderOut
    creates = True
    made_at = "get_order"
    calls = staticmethod(orders.place_order)
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        offer = None
        plan, terms, message = data.pop("plan", None), data.pop("terms", None), data.pop("message")
        if plan or terms or message:
            listing = visible(listings_visible_to(by), pk=ids["pk"])
            listed = chosen_plan(listing.price_plan, data["tier"])
            offer = orders.Offered(
                plan_of(plan) if plan else listed,
                Terms.from_json(listing.terms).changed(terms or {}),
                message,
            )
        return orders.place_order(ids["pk"], **data, offer=offer, by=by)
