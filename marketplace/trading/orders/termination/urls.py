from django.urls import URLPattern

from marketplace.core import Scope
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.web.api import act_view

urlpatterns: list[URLPattern] = []

api_patterns = [
    act_view(
        "orders/<uuid:pk>/terminate/",
        terminate_contract,
        scope=Scope.TRADE,
        gives=OrderOut,
        about="End the contract of an order, at once or when what is paid for is over.",
    ),
]
