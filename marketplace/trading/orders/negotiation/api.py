"""The API by which one orders, and negotiates."""

from typing import Any

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.plans import chosen_plan, plan_of
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.negotiation.serializers import CounterOrderIn, PlaceOrderIn
from marketplace.trading.orders.negotiation.services import Offered, counter_order, place_order
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


class PlaceOrder(ActView):
    """Order what is listed, or offer other terms; the same request key is the same order."""

    takes = PlaceOrderIn
    gives = OrderOut
    creates = True
    made_at = "get_order"
    calls = staticmethod(place_order)
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        offer = None
        plan, terms, message = data.pop("plan", None), data.pop("terms", None), data.pop("message")
        if plan or terms or message:
            listing = visible(listings_visible_to(by), pk=ids["pk"])
            listed = chosen_plan(listing.price_plan, data["tier"])
            offer = Offered(
                plan_of(plan) if plan else listed,
                Terms.from_json(listing.terms).changed(terms or {}),
                message,
            )
        return place_order(ids["pk"], **data, offer=offer, by=by)
