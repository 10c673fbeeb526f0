"""The addresses of contracts."""

from django.urls import path

from marketplace.trading.orders.contract import api, views

urlpatterns = [
    path("contracts/", views.contract_list, name="contract_list"),
    path("contracts/<uuid:pk>/", views.contract_detail, name="contract_detail"),
    path("contracts/<uuid:pk>/sign/", views.contract_sign, name="contract_sign"),
    path(
        "contracts/<uuid:pk>/sign-by-passkey/",
        views.contract_sign_by_passkey,
        name="contract_sign_by_passkey",
    ),
    path("contracts/<uuid:pk>/contract.json", views.contract_file, name="contract_file"),
]

api_patterns = [
    path("contracts/", api.Contracts.as_view(), name="api_list_contracts"),
    path("contracts/<uuid:pk>/", api.OneContract.as_view(), name="api_get_contract"),
    path(
        "contracts/<uuid:pk>/document/",
        api.ContractDocument.as_view(),
        name="api_get_contract_document",
    ),
    path(
        "contracts/<uuid:pk>/contract.json",
        api.ContractFile.as_view(),
        name="api_get_contract_file",
    ),
    path(
        "contracts/<uuid:pk>/sign/",
        api.SignContract.as_view(),
        name="api_sign_contract",
    ),
]
