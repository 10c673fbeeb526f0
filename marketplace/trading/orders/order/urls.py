from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.negotiation.serializers import AcceptOrderIn
from marketplace.trading.orders.order import api, views
from marketplace.trading.orders.order.filters import OrderFilters
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import BoughtSheetOut, OneOrderOut, OrderOut
from marketplace.trading.orders.order.services import (
    accept_delivery,
    accept_order,
    cancel_order,
    decline_order,
    object_to_delivery,
)
from marketplace.trading.orders.settlement.selectors import transfers_of
from marketplace.trading.orders.settlement.serializers import TransferOut
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

urlpatterns = [
    path("market/<uuid:pk>/order/", views.order_place, name="order_place"),
    list_of(
        "orders/",
        orders_visible_to,
        views.OrderTable,
        "trading/orders/order_list.html",
        filters=OrderFilters,
        name="order_list",
    ),
    path("orders/<uuid:pk>/", views.order_detail, name="order_detail"),
    path("orders/<uuid:pk>/accept/", views.order_accept, name="order_accept"),
    form_page(
        "orders/<uuid:pk>/decline/",
        decline_order,
        done=_("The order is declined."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="order_decline",
    ),
    act_page(
        "orders/<uuid:pk>/cancel/",
        cancel_order,
        done=_("The order is cancelled."),
        onto="order_detail",
        name="order_cancel",
    ),
    act_page(
        "orders/<uuid:pk>/accept-delivery/",
        accept_delivery,
        done=_("The delivery is accepted and the payment released."),
        onto="order_detail",
        name="delivery_accept",
    ),
    form_page(
        "orders/<uuid:pk>/object/",
        object_to_delivery,
        done=_("Your objection is recorded. The money stays held."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="delivery_object",
    ),
]

api_patterns = [
    path("market/<uuid:pk>/place-order/", api.PlaceOrder.as_view(), name="api_place_order"),
    list_view(
        "orders/",
        orders_visible_to,
        operation="list_orders",
        filters=OrderFilters,
        gives=OrderOut,
        about="The orders of which one is a side; all for the centre.",
    ),
    thing_view(
        "orders/<uuid:pk>/",
        orders_visible_to,
        operation="get_order",
        gives=OneOrderOut,
        about=(
            "An order, with the acts on it that are open to whoever asks, and why the others "
            "are not."
        ),
    ),
    thing_view(
        "orders/<uuid:pk>/sheet/",
        orders_visible_to,
        shown=bought_sheet,
        operation="get_order_sheet",
        gives=BoughtSheetOut,
        summary="Get the description of what was ordered",
        about="What was ordered, as its buyer read it, whatever became of the offer since.",
    ),
    act_view(
        "orders/<uuid:pk>/accept/",
        accept_order,
        scope=Scope.TRADE,
        takes=AcceptOrderIn,
        gives=OrderOut,
        about="Accept the latest offer of an order, and freeze its contract.",
    ),
    act_view(
        "orders/<uuid:pk>/decline/",
        decline_order,
        scope=Scope.TRADE,
        gives=OrderOut,
    ),
    act_view("orders/<uuid:pk>/cancel/", cancel_order, scope=Scope.TRADE, gives=OrderOut),
    act_view(
        "orders/<uuid:pk>/accept-delivery/",
        accept_delivery,
        scope=Scope.TRADE,
        gives=OrderOut,
        about="Accept what was delivered; the held money is released.",
    ),
    act_view(
        "orders/<uuid:pk>/object/",
        object_to_delivery,
        scope=Scope.TRADE,
        gives=OrderOut,
        summary="Object to a delivery",
    ),
    list_view(
        "orders/<uuid:pk>/transfers/",
        transfers_of,
        of=orders_visible_to,
        operation="list_order_transfers",
        gives=TransferOut,
        summary="List the transfers of an order",
        about="The money that an order has moved.",
    ),
]
