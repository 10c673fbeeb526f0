"""The API of orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.orders.bought_sheet.selectors import BoughtSheet, bought_sheet
from marketplace.trading.orders.negotiation.serializers import AcceptOrderIn
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import (
    BoughtSheetOut,
    OneOrderOut,
    OrderOut,
    PlaceOrderIn,
)
from marketplace.trading.orders.order.services import delivering as payments
from marketplace.trading.orders.order.services import ordering as orders
from marketplace.trading.orders.settlement.selectors import transfers_of
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class PlaceOrder(ActView):
    """Order what is listed; the same request key again answers the same order."""

    takes = PlaceOrderIn
    gives = OrderOut
    creates = True
    operation = "place_order"
    summary = "Place an order"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return orders.place_order(
            ids["pk"],
            purpose=data["purpose"],
            request_key=data["request_key"],
            tier=data["tier"],
            by=by,
        )


class AcceptOrder(ActView):
    """Accept the latest offer of an order, and freeze its contract."""

    takes = AcceptOrderIn
    gives = OrderOut
    operation = "accept_order"
    summary = "Accept an order"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return orders.accept_order(ids["pk"], offer=data["offer"], by=by)


class DeclineOrder(ActView):
    """Turn an order down, with a reason."""

    takes = ReasonIn
    gives = OrderOut
    operation = "decline_order"
    summary = "Decline an order"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return orders.decline_order(ids["pk"], reason=data["reason"], by=by)


class CancelOrder(ActView):
    """Step back from an order before both sides have signed."""

    gives = OrderOut
    operation = "cancel_order"
    summary = "Cancel an order"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return orders.cancel_order(ids["pk"], by=by)


class AcceptDelivery(ActView):
    """Accept what was delivered; the held money is released."""

    gives = OrderOut
    operation = "accept_delivery"
    summary = "Accept a delivery"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return payments.accept_delivery(ids["pk"], by=by)


class ObjectToDelivery(ActView):
    """Object to what was delivered: silence accepts no more, and the money stays held."""

    takes = ReasonIn
    gives = OrderOut
    operation = "object_to_delivery"
    summary = "Object to a delivery"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Order:
        return payments.object_to_delivery(ids["pk"], reason=data["reason"], by=by)


class Orders(ListView):
    """The orders of which one is a side; all for the centre."""

    gives = OrderOut
    operation = "list_orders"
    summary = "List orders"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return orders_visible_to(by)


class OneOrder(ThingView):
    """An order, with the acts on it that are open to whoever asks, and why the others are not."""

    gives = OneOrderOut
    operation = "get_order"
    summary = "Get an order"

    def thing(self, by: Actor, **ids: UUID) -> Order:
        return visible(orders_visible_to(by), pk=ids["pk"])


class OrderSheet(ThingView):
    """What was ordered, as its buyer read it, whatever became of the offer since."""

    gives = BoughtSheetOut
    operation = "get_order_sheet"
    summary = "Get the description of what was ordered"

    def thing(self, by: Actor, **ids: UUID) -> BoughtSheet:
        return bought_sheet(visible(orders_visible_to(by), pk=ids["pk"]))


class OrderTransfers(ListView):
    """The money that an order has moved."""

    gives = TransferOut
    operation = "list_order_transfers"
    summary = "List the transfers of an order"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return transfers_of(visible(orders_visible_to(by), pk=ids["pk"]))
