from django.urls import path

from marketplace.core import Scope
from marketplace.trading.treasury.allocation import api, views
from marketplace.trading.treasury.allocation.serializers import AllocateIn
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.payment.serializers import PaymentOut
from marketplace.web.api import act_view

urlpatterns = [
    path("money/payments/<uuid:pk>/", views.payment_detail, name="payment_detail"),
    path("money/payments/<uuid:pk>/allocate/", views.payment_allocate, name="payment_allocate"),
    path("money/payments/<uuid:pk>/confirm/", views.payment_confirm, name="payment_confirm"),
    path("money/payments/<uuid:pk>/reject/", views.payment_reject, name="payment_reject"),
    path("money/payments/<uuid:pk>/return/", views.return_propose, name="return_propose"),
]

api_patterns = [
    act_view(
        "payments/<uuid:pk>/allocate/",
        allocate_payment,
        scope=Scope.ADMINISTER,
        takes=AllocateIn,
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
