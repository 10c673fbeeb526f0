"""The addresses of amendments."""

from django.urls import path

from marketplace.trading.orders.amendment import api, views

AMENDMENT = "amendments/<uuid:pk>/"
OF_CONTRACT = "contracts/<uuid:pk>/"

urlpatterns = [
    path(f"{OF_CONTRACT}amend/", views.contract_amend, name="contract_amend"),
    path(AMENDMENT, views.amendment_detail, name="amendment_detail"),
    path(f"{AMENDMENT}sign/", views.amendment_sign, name="amendment_sign"),
    path(
        f"{AMENDMENT}sign-by-passkey/",
        views.amendment_sign_by_passkey,
        name="amendment_sign_by_passkey",
    ),
    path(f"{AMENDMENT}decline/", views.amendment_decline, name="amendment_decline"),
    path(f"{AMENDMENT}withdraw/", views.amendment_withdraw, name="amendment_withdraw"),
    path(f"{AMENDMENT}amendment.json", views.amendment_file, name="amendment_file"),
]

api_patterns = [
    path(f"{OF_CONTRACT}amendments/", api.Amendments.as_view(), name="api_list_amendments"),
    path(
        f"{OF_CONTRACT}propose-amendment/",
        api.ProposeAmendment.as_view(),
        name="api_propose_amendment",
    ),
    path(AMENDMENT, api.OneAmendment.as_view(), name="api_get_amendment"),
    path(
        f"{AMENDMENT}document/",
        api.AmendmentDocument.as_view(),
        name="api_get_amendment_document",
    ),
    path(
        f"{AMENDMENT}amendment.json",
        api.AmendmentFile.as_view(),
        name="api_get_amendment_file",
    ),
    path(f"{AMENDMENT}sign/", api.SignAmendment.as_view(), name="api_sign_amendment"),
    path(f"{AMENDMENT}decline/", api.DeclineAmendment.as_view(), name="api_decline_amendment"),
    path(f"{AMENDMENT}withdraw/", api.WithdrawAmendment.as_view(), name="api_withdraw_amendment"),
]
