"""The API of orders."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.negotiation.serializers import AcceptOrderIn
from marketplace.trading.orders.order import services as orders
from marketplace.trading.orders.order.filters import OrderFilters
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import (
    BoughtSheetOut,
    OneOrderOut,
    OrderOut,
    PlaceOrderIn,
)
from marketplace.trading.orders.settlement.selectors import transfers_of
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

PlaceOrder = act_view(
    orders.place_order,
    scope=Scope.TRADE,
    takes=PlaceOrderIn,
    gives=OrderOut,
    creates=True,
    about="Order what is listed; the same request key again answers the same order.",
)

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
