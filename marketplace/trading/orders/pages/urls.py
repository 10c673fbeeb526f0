from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.amendment.services import decline_amendment
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.delivery.services import object_to_delivery
from marketplace.trading.orders.negotiation.services import decline_order
from marketplace.trading.orders.objection.services import offer_remedy
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.pages import views
from marketplace.trading.orders.pages.serializers import (
    OneAmendmentOut,
    OneContractOut,
    OneOrderOut,
)
from marketplace.trading.orders.signature.services import sign_amendment, sign_contract
from marketplace.trading.orders.signature.views import signing_pages
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.web.act_pages import form_page, thing_page
from marketplace.web.api import thing_view
from marketplace.web.pages import signed_in

ORDER, CONTRACT = "orders/<uuid:pk>/", "contracts/<uuid:pk>/"
AMENDMENT = "amendments/<uuid:pk>/"

urlpatterns = [
    thing_page(ORDER, orders_visible_to, views.order_page, name="order_detail"),
    path(f"{ORDER}accept/", views.order_accept, name="order_accept"),
    form_page(
        f"{ORDER}decline/",
        decline_order,
        done=_("The order is declined."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="order_decline",
    ),
    path(f"{ORDER}counter/", views.order_counter, name="order_counter"),
    form_page(
        f"{ORDER}object/",
        object_to_delivery,
        done=_("Your objection is recorded. The money stays held."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="delivery_object",
    ),
    form_page(
        f"{ORDER}remedy/",
        offer_remedy,
        done=_("Your answer is with the buyer, who accepts it or not."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="remedy_form",
        name="remedy_offer",
    ),
    path("remedies/<uuid:pk>/decline/", views.remedy_decline, name="remedy_decline"),
    form_page(
        f"{ORDER}terminate/",
        terminate_contract,
        done=_("The termination is recorded, and the other side is notified."),
        onto="order_detail",
        again=views.order_page,
        of=orders_visible_to,
        form_as="reason_form",
        name="order_terminate",
    ),
    path(CONTRACT, signed_in(views.contract_page), name="contract_detail"),
    *signing_pages("contract", sign_contract, views.contract_page),
    path(f"{CONTRACT}contract.json", views.contract_file, name="contract_file"),
    path(f"{CONTRACT}amend/", views.contract_amend, name="contract_amend"),
    path(AMENDMENT, signed_in(views.amendment_page), name="amendment_detail"),
    *signing_pages("amendment", sign_amendment, views.amendment_page),
    form_page(
        f"{AMENDMENT}decline/",
        decline_amendment,
        done=_("The amendment is declined. The contract stays as it is."),
        onto="amendment_detail",
        again=views.amendment_page,
        form_as="reason_form",
        name="amendment_decline",
    ),
    path(f"{AMENDMENT}amendment.json", views.amendment_file, name="amendment_file"),
]

api_patterns = [
    thing_view(
        ORDER,
        orders_visible_to,
        operation="get_order",
        gives=OneOrderOut,
        about=(
            "An order, with the acts on it that are open to whoever asks, and why the others "
            "are not."
        ),
    ),
    thing_view(
        CONTRACT,
        contracts_visible_to,
        operation="get_contract",
        gives=OneContractOut,
        about="A contract with its frozen text, and the acts on it that are open to whoever asks.",
    ),
    thing_view(
        AMENDMENT,
        amendments_visible_to,
        operation="get_amendment",
        gives=OneAmendmentOut,
        about=(
            "An amendment with its frozen text, and the acts on it that are open to whoever asks. "
        ),
    ),
]
