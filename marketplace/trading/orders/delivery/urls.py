from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.delivery.services import accept_delivery, object_to_delivery
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

urlpatterns = [
    act_page(
        "orders/<uuid:pk>/accept-delivery/",
        accept_delivery,
        done=_("The delivery is accepted and the payment released."),
        onto="order_detail",
        name="delivery_accept",
    ),
]

api_patterns = [
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
]
