"""The addresses of payouts."""

from django.urls import path

from marketplace.trading.treasury.payout import api, views

urlpatterns = [
    path("money/outgoing/", views.disbursement_list, name="disbursement_list"),
    path("orders/<uuid:pk>/refund/", views.refund_propose, name="refund_propose"),
    path("money/outgoing/<uuid:pk>/", views.disbursement_detail, name="disbursement_detail"),
    path(
        "money/outgoing/<uuid:pk>/approve/",
        views.disbursement_approve,
        name="disbursement_approve",
    ),
    path("money/outgoing/<uuid:pk>/reject/", views.disbursement_reject, name="disbursement_reject"),
]

api_patterns = [
    path(
        "accounts/<uuid:pk>/propose-payout/", api.ProposePayout.as_view(), name="api_propose_payout"
    ),
    path(
        "orders/<uuid:pk>/propose-refund/", api.ProposeRefund.as_view(), name="api_propose_refund"
    ),
    path(
        "payments/<uuid:pk>/propose-return/", api.ProposeReturn.as_view(), name="api_propose_return"
    ),
    path("disbursements/<uuid:pk>/", api.OneDisbursement.as_view(), name="api_get_disbursement"),
    path("disbursements/", api.Disbursements.as_view(), name="api_list_disbursements"),
    path(
        "disbursements/<uuid:pk>/approve/",
        api.ApproveDisbursement.as_view(),
        name="api_approve_disbursement",
    ),
    path(
        "disbursements/<uuid:pk>/reject/",
        api.RejectDisbursement.as_view(),
        name="api_reject_disbursement",
    ),
]
