"""The API of remedies."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.remedy.selectors import remedies_of
from marketplace.trading.orders.remedy.serializers import OfferRemedyIn, RemedyOut
from marketplace.trading.orders.remedy.services import (
    accept_remedy,
    decline_remedy,
    offer_remedy,
)
from marketplace.web.api import act_view, list_view
from marketplace.web.serializers import ReasonIn

OfferRemedy = act_view(
    offer_remedy, scope=Scope.TRADE, takes=OfferRemedyIn, gives=RemedyOut, creates=True
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
