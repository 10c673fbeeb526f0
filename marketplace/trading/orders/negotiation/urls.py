from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.negotiation import api, views
from marketplace.trading.orders.negotiation.selectors import proposals_of
from marketplace.trading.orders.negotiation.serializers import OrderOfferOut
from marketplace.trading.orders.negotiation.services import cancel_order, decline_order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view

urlpatterns = [
    path("market/<uuid:pk>/order/", views.order_place, name="order_place"),
    path("market/<uuid:pk>/order/terms/", views.order_offer, name="order_offer"),
    act_page(
        "orders/<uuid:pk>/cancel/",
        cancel_order,
        done=_("The order is cancelled."),
        onto="order_detail",
        name="order_cancel",
    ),
]

api_patterns = [
    path("market/<uuid:pk>/place-order/", api.PlaceOrder.as_view(), name="api_place_order"),
    path(
        "orders/<uuid:pk>/counter/",
        api.CounterOrder.as_view(),
        name="api_counter_order",
    ),
    act_view(
        "orders/<uuid:pk>/decline/",
        decline_order,
        scope=Scope.TRADE,
        gives=OrderOut,
    ),
    act_view("orders/<uuid:pk>/cancel/", cancel_order, scope=Scope.TRADE, gives=OrderOut),
    list_view(
        "orders/<uuid:pk>/offers/",
        proposals_of,
        of=orders_visible_to,
        operation="list_order_offers",
        gives=OrderOfferOut,
        summary="List the offers of an order",
        about="What the sides of an order offered each other, newest first.",
    ),
]
