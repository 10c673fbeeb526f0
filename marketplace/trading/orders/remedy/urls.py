from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.views import order_page
from marketplace.trading.orders.remedy import views
from marketplace.trading.orders.remedy.forms import RemedyForm
from marketplace.trading.orders.remedy.selectors import remedies_of, remedies_visible_to
from marketplace.trading.orders.remedy.serializers import OfferRemedyIn, RemedyOut
from marketplace.trading.orders.remedy.services import accept_remedy, decline_remedy, offer_remedy
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

REMEDY = "remedies/<uuid:pk>/"

urlpatterns = [
    form_page(
        "orders/<uuid:pk>/remedy/",
        offer_remedy,
        RemedyForm,
        done=_("Your answer is with the buyer, who accepts it or not."),
        onto="order_detail",
        again=order_page,
        of=orders_visible_to,
        form_as="remedy_form",
        name="remedy_offer",
    ),
    path(f"{REMEDY}accept/", views.remedy_accept, name="remedy_accept"),
    path(f"{REMEDY}decline/", views.remedy_decline, name="remedy_decline"),
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
        takes=OfferRemedyIn,
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
