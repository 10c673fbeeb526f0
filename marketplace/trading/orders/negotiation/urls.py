from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.contract.services import terminate_contract
from marketplace.trading.orders.negotiation import api, views
from marketplace.trading.orders.negotiation.selectors import proposals_of
from marketplace.trading.orders.negotiation.serializers import OrderOfferOut
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.trading.orders.order.views import order_page
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view

urlpatterns = [
    path("market/<uuid:pk>/order/terms/", views.order_offer, name="order_offer"),
    path("orders/<uuid:pk>/counter/", views.order_counter, name="order_counter"),
    form_page(
        "orders/<uuid:pk>/terminate/",
        terminate_contract,
        done=_("The termination is recorded, and the other side is notified."),
        onto="order_detail",
        again=order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="order_terminate",
    ),
]

api_patterns = [
    path(
        "orders/<uuid:pk>/counter/",
        api.CounterOrder.as_view(),
        name="api_counter_order",
    ),
    act_view(
        "orders/<uuid:pk>/terminate/",
        terminate_contract,
        scope=Scope.TRADE,
        gives=OrderOut,
        about="End the contract of an order, at once or when what is paid for is over.",
    ),
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
