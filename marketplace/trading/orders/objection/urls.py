from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.objection.serializers import RemedyOut
from marketplace.trading.orders.objection.services import (
    accept_remedy,
    decline_remedy,
    offer_remedy,
)
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.remedy.selectors import remedies_of, remedies_visible_to
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

REMEDY = "remedies/<uuid:pk>/"

urlpatterns = [
    act_page(
        f"{REMEDY}accept/",
        accept_remedy,
        done=_("You have accepted. The objection is settled."),
        onto="order_detail",
        at="order_id",
        name="remedy_accept",
    ),
]
api_patterns = [
    list_view(
        "orders/<uuid:pk>/remedies/",
        remedies_of,
        of=orders_visible_to,
        operation="list_order_remedies",
        gives=RemedyOut,
        summary="List the remedies of an order",
        about="What the seller offered the buyer who objected, newest first.",
    ),
    act_view(
        "orders/<uuid:pk>/offer-remedy/",
        offer_remedy,
        scope=Scope.TRADE,
        takes=serializer_of(
            offer_remedy,
            about=(
                "What the seller says, and how much of what is held goes back. With `replaces`, "
                "the revision that the listing offers now is to be delivered instead."
            ),
        ),
        gives=RemedyOut,
        creates=True,
        made_at="get_remedy",
    ),
    thing_view(
        REMEDY,
        remedies_visible_to,
        operation="get_remedy",
        gives=RemedyOut,
        about="What the seller of an order offered the buyer who objected.",
    ),
    act_view(f"{REMEDY}accept/", accept_remedy, scope=Scope.TRADE, gives=RemedyOut),
    act_view(f"{REMEDY}decline/", decline_remedy, scope=Scope.TRADE, gives=RemedyOut),
]
