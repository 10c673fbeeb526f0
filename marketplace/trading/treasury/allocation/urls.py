from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.allocation import api, views
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payment.serializers import PaymentOut
from marketplace.trading.treasury.payment.services import confirm_payment, reject_payment
from marketplace.trading.treasury.payout.services import propose_return
from marketplace.trading.treasury.payout.urls import PROPOSED
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

PAYMENT = "money/payments/<uuid:pk>/"

urlpatterns = [
    thing_page(PAYMENT, payments_visible_to, views.payment_page, name="payment_detail"),
    form_page(
        f"{PAYMENT}allocate/",
        allocate_payment,
        done=_("The payment is allocated."),
        onto="payment_detail",
        again=views.payment_page,
        of=payments_visible_to,
        form_as="allocate",
        name="payment_allocate",
    ),
    act_page(
        f"{PAYMENT}confirm/",
        confirm_payment,
        done=_("The payment is booked, and held until acceptance."),
        onto="payment_detail",
        name="payment_confirm",
    ),
    form_page(
        f"{PAYMENT}reject/",
        reject_payment,
        done=_("The payment is rejected. Its reference is free again."),
        onto="payment_detail",
        again=views.payment_page,
        of=payments_visible_to,
        form_as="reject",
        name="payment_reject",
    ),
    form_page(
        f"{PAYMENT}return/",
        propose_return,
        **PROPOSED,
        again=views.payment_page,
        of=payments_visible_to,
        form_as="back",
        name="return_propose",
    ),
]

api_patterns = [
    act_view(
        "payments/<uuid:pk>/allocate/",
        allocate_payment,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            allocate_payment,
            name="AllocateIn",
            about="The amounts of one buyer that the payment is for, as they come due.",
        ),
        gives=PaymentOut,
        about=(
            "Allocate a payment that waits to what it was meant to pay: amounts of one buyer, "
            "as they "
            "come due. What is beyond them stands as the buyer's credit."
        ),
    ),
    path(
        "payments/<uuid:pk>/choices/",
        api.PaymentChoices.as_view(),
        name="api_list_payment_choices",
    ),
]
