from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.pages.views import order_page
from marketplace.trading.orders.settlement.serializers import AllocationOut
from marketplace.trading.treasury.bank.serializers import ImportedOut, StatementOut
from marketplace.trading.treasury.payment import api, views
from marketplace.trading.treasury.payment.filters import PaymentFilters
from marketplace.trading.treasury.payment.selectors import allocations_of, payments_visible_to
from marketplace.trading.treasury.payment.serializers import PaymentOut
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    record_payment,
    reject_payment,
    reject_statement,
)
from marketplace.trading.treasury.payment.tables import PaymentTable
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

REJECT_IN = serializer_of(
    reject_payment, name="RejectIn", about="Why a recorded payment is rejected."
)

urlpatterns = [
    list_of(
        "money/payments/",
        payments_visible_to,
        PaymentTable,
        "trading/treasury/payment_list.html",
        filters=PaymentFilters,
        name="payment_list",
    ),
    form_page(
        "orders/<uuid:pk>/payment/",
        record_payment,
        done=_(
            "The payment is recorded. It counts once a second finance officer confirms it, or "
            "the bank's statement tells of it."
        ),
        onto="order_detail",
        again=order_page,
        of=orders_visible_to,
        form_as="payment_form",
        name="payment_record",
    ),
    path("orders/<uuid:pk>/recorded-payment/", views.order_payment, name="order_payment"),
]

api_patterns = [
    list_view(
        "payments/",
        payments_visible_to,
        operation="list_payments",
        filters=PaymentFilters,
        gives=PaymentOut,
        about="What came in, for the centre.",
    ),
    path("payments/import-statement/", api.ImportStatement.as_view(), name="api_import_statement"),
    act_view(
        "statements/<uuid:pk>/confirm/",
        confirm_statement,
        scope=Scope.ADMINISTER,
        gives=ImportedOut,
        summary="Confirm a bank statement",
        about="Book what came in by a bank statement that another finance officer imported.",
    ),
    act_view(
        "statements/<uuid:pk>/reject/",
        reject_statement,
        scope=Scope.ADMINISTER,
        takes=REJECT_IN,
        gives=StatementOut,
        summary="Reject a bank statement",
        about="Say that a bank statement is not the bank's; nothing of it was booked.",
    ),
    path("payments/receive-message/", api.ReceiveMessage.as_view(), name="api_receive_message"),
    list_view(
        "payments/<uuid:pk>/allocations/",
        allocations_of,
        of=payments_visible_to,
        operation="list_payment_allocations",
        gives=AllocationOut,
        summary="List what a payment pays",
        about="What a payment pays of which amount; the rest of it is the buyer's credit.",
    ),
    act_view(
        "payments/<uuid:pk>/confirm/",
        confirm_payment,
        scope=Scope.ADMINISTER,
        gives=PaymentOut,
        about="Book a payment that another finance officer recorded, and hold it until acceptance.",
    ),
    act_view(
        "payments/<uuid:pk>/reject/",
        reject_payment,
        scope=Scope.ADMINISTER,
        takes=REJECT_IN,
        gives=PaymentOut,
        about="Say that a payment which was recorded by hand has not arrived.",
    ),
    act_view(
        "orders/<uuid:pk>/record-payment/",
        record_payment,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            record_payment,
            name="PaymentIn",
            about="The bank's reference of the payment; its amount where it is not just what is "
            "still open.",
        ),
        gives=PaymentOut,
        about=(
            "Say that the buyer's payment has arrived; it counts once a second person confirms it."
        ),
    ),
]
