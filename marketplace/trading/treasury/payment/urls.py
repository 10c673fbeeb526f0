"""The addresses of payments."""

from django.urls import path

from marketplace.trading.treasury.payment import api, views

urlpatterns = [
    path("money/payments/", views.payment_list, name="payment_list"),
    path("money/payments/<uuid:pk>/", views.payment_detail, name="payment_detail"),
    path("money/payments/<uuid:pk>/allocate/", views.payment_allocate, name="payment_allocate"),
    path("money/payments/<uuid:pk>/confirm/", views.payment_confirm, name="payment_confirm"),
    path("money/payments/<uuid:pk>/reject/", views.payment_reject, name="payment_reject"),
    path("money/payments/<uuid:pk>/return/", views.return_propose, name="return_propose"),
    path("orders/<uuid:pk>/payment/", views.payment_record, name="payment_record"),
]

api_patterns = [
    path("payments/", api.Payments.as_view(), name="api_list_payments"),
    path("payments/import-statement/", api.ImportStatement.as_view(), name="api_import_statement"),
    path(
        "statements/<uuid:pk>/confirm/",
        api.ConfirmStatement.as_view(),
        name="api_confirm_statement",
    ),
    path(
        "statements/<uuid:pk>/reject/",
        api.RejectStatement.as_view(),
        name="api_reject_statement",
    ),
    path("payments/receive-message/", api.ReceiveMessage.as_view(), name="api_receive_message"),
    path(
        "payments/<uuid:pk>/allocate/", api.AllocatePayment.as_view(), name="api_allocate_payment"
    ),
    path(
        "payments/<uuid:pk>/allocations/",
        api.PaymentAllocations.as_view(),
        name="api_list_payment_allocations",
    ),
    path(
        "payments/<uuid:pk>/choices/",
        api.PaymentChoices.as_view(),
        name="api_list_payment_choices",
    ),
    path("payments/<uuid:pk>/confirm/", api.ConfirmPayment.as_view(), name="api_confirm_payment"),
    path("payments/<uuid:pk>/reject/", api.RejectPayment.as_view(), name="api_reject_payment"),
    path(
        "orders/<uuid:pk>/record-payment/", api.RecordPayment.as_view(), name="api_record_payment"
    ),
]
