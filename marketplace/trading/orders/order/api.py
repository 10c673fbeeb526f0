"""The API of orders."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.plans import chosen_plan, plan_of
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.negotiation.serializers import AcceptOrderIn
from marketplace.trading.orders.order import services as orders
from marketplace.trading.orders.order.filters import OrderFilters
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import (
    BoughtSheetOut,
    OneOrderOut,
    OrderOut,
    PlaceOrderIn,
)
from marketplace.trading.orders.settlement.selectors import transfers_of
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn


class PlaceOrder(ActView):
    """Order what is listed, or offer other terms; the same request key is the same order."""

    takes = PlaceOrderIn
    gives = OrderOut
    creates = True
    made_at = "get_order"
    calls = staticmethod(orders.place_order)
    scope = Scope.TRADE
    operation = "place_order"
    summary = "Place an order"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        offer = None
        plan, terms, message = data.pop("plan", None), data.pop("terms", None), data.pop("message")
        if plan or terms or message:
            listing = visible(listings_visible_to(by), pk=ids["pk"])
            listed = chosen_plan(listing.price_plan, data["tier"])
            offer = orders.Offered(
                plan_of(plan) if plan else listed,
                Terms(**terms) if terms else Terms.from_json(listing.terms),
                message,
            )
        return orders.place_order(ids["pk"], **data, offer=offer, by=by)


AcceptOrder = act_view(
    orders.accept_order,
    scope=Scope.TRADE,
    takes=AcceptOrderIn,
    gives=OrderOut,
    about="Accept the latest offer of an order, and freeze its contract.",
)

DeclineOrder = act_view(
    orders.decline_order,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=OrderOut,
)

CancelOrder = act_view(
    orders.cancel_order,
    scope=Scope.TRADE,
    gives=OrderOut,
)

AcceptDelivery = act_view(
    orders.accept_delivery,
    scope=Scope.TRADE,
    gives=OrderOut,
    about="Accept what was delivered; the held money is released.",
)

ObjectToDelivery = act_view(
    orders.object_to_delivery,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=OrderOut,
    summary="Object to a delivery",
)

Orders = list_view(
    orders_visible_to,
    operation="list_orders",
    filters=OrderFilters,
    gives=OrderOut,
    about="The orders of which one is a side; all for the centre.",
)

OneOrder = thing_view(
    orders_visible_to,
    operation="get_order",
    gives=OneOrderOut,
    about=(
        "An order, with the acts on it that are open to whoever asks, and why the others are not."
    ),
)

OrderSheet = thing_view(
    orders_visible_to,
    shown=bought_sheet,
    operation="get_order_sheet",
    gives=BoughtSheetOut,
    summary="Get the description of what was ordered",
    about="What was ordered, as its buyer read it, whatever became of the offer since.",
)

OrderTransfers = list_view(
    transfers_of,
    of=orders_visible_to,
    operation="list_order_transfers",
    gives=TransferOut,
    summary="List the transfers of an order",
    about="The money that an order has moved.",
)
