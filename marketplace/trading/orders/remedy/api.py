"""The API of remedies."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.remedy.selectors import remedies_of, remedies_visible_to
from marketplace.trading.orders.remedy.serializers import OfferRemedyIn, RemedyOut
from marketplace.trading.orders.remedy.services import (
    accept_remedy,
    decline_remedy,
    offer_remedy,
)
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

OfferRemedy = act_view(
    offer_remedy,
    scope=Scope.TRADE,
    takes=OfferRemedyIn,
    gives=RemedyOut,
    creates=True,
    made_at="get_remedy",
)
AcceptRemedy = act_view(accept_remedy, scope=Scope.TRADE, gives=RemedyOut)
DeclineRemedy = act_view(decline_remedy, scope=Scope.TRADE, takes=ReasonIn, gives=RemedyOut)

OrderRemedies = list_view(
    remedies_of,
    of=orders_visible_to,
    operation="list_order_remedies",
    gives=RemedyOut,
    summary="List the remedies of an order",
    about="What the seller offered the buyer who objected, newest first.",
)

OneRemedy = thing_view(
    remedies_visible_to,
    operation="get_remedy",
    gives=RemedyOut,
    about="What the seller of an order offered the buyer who objected.",
)
