from django.urls import path

from marketplace.core import Scope
from marketplace.trading.orders.settlement.serializers import AllocationOut
from marketplace.trading.treasury.bank.serializers import ImportedOut, StatementOut
from marketplace.trading.treasury.payment import api, views
from marketplace.trading.treasury.payment.filters import PaymentFilters
from marketplace.trading.treasury.payment.selectors import allocations_of, payments_visible_to
from marketplace.trading.treasury.payment.serializers import PaymentIn, PaymentOut, RejectIn
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    record_payment,
    reject_payment,
    reject_statement,
)
from marketplace.trading.treasury.payment.tables import PaymentTable
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "money/payments/",
        payments_visible_to,
        PaymentTable,
        "trading/treasury/payment_list.html",
        filters=PaymentFilters,
        name="payment_list",
    ),
    path("orders/<uuid:pk>/payment/", views.payment_record, name="payment_record"),
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
        takes=RejectIn,
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
        takes=RejectIn,
        gives=PaymentOut,
        about="Say that a payment which was recorded by hand has not arrived.",
    ),
    act_view(
        "orders/<uuid:pk>/record-payment/",
        record_payment,
        scope=Scope.ADMINISTER,
        takes=PaymentIn,
        gives=PaymentOut,
        about=(
            "Say that the buyer's payment has arrived; it counts once a second person confirms it."
        ),
    ),
]
