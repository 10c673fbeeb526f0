"""The addresses of approvals to sign."""

from django.urls import path

from marketplace.trading.orders.approval import api, views

urlpatterns = [
    path(
        "contracts/<uuid:pk>/ask-approval/",
        views.contract_ask_approval,
        name="contract_ask_approval",
    ),
    path(
        "amendments/<uuid:pk>/ask-approval/",
        views.amendment_ask_approval,
        name="amendment_ask_approval",
    ),
    path("approvals/<uuid:pk>/", views.approval_detail, name="approval_detail"),
    path("approvals/<uuid:pk>/approve/", views.approval_approve, name="approval_approve"),
    path("approvals/<uuid:pk>/refuse/", views.approval_refuse, name="approval_refuse"),
]

api_patterns = [
    path(
        "contracts/<uuid:pk>/ask-approval/",
        api.AskContractApproval.as_view(),
        name="api_ask_contract_approval",
    ),
    path(
        "amendments/<uuid:pk>/ask-approval/",
        api.AskAmendmentApproval.as_view(),
        name="api_ask_amendment_approval",
    ),
    path("approvals/", api.Approvals.as_view(), name="api_list_signing_approvals"),
    path("approvals/<uuid:pk>/", api.OneApproval.as_view(), name="api_get_signing_approval"),
    path(
        "approvals/<uuid:pk>/approve/",
        api.ApproveSigning.as_view(),
        name="api_approve_signing",
    ),
    path(
        "approvals/<uuid:pk>/refuse/",
        api.RefuseSigning.as_view(),
        name="api_refuse_signing",
    ),
]
