from django.urls import path

from marketplace.trading.orders.contract import api, views
from marketplace.trading.orders.contract.filters import ContractFilters
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.serializers import (
    ContractDocumentOut,
    ContractOut,
    OneContractOut,
)
from marketplace.trading.orders.contract.tables import ContractTable
from marketplace.web.api import list_view, thing_view
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "contracts/",
        contracts_visible_to,
        ContractTable,
        "trading/orders/contract_list.html",
        filters=ContractFilters,
        name="contract_list",
    ),
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
    list_view(
        "contracts/",
        contracts_visible_to,
        operation="list_contracts",
        filters=ContractFilters,
        gives=ContractOut,
        about="The contracts of which one is a side; all for the centre.",
    ),
    thing_view(
        "contracts/<uuid:pk>/",
        contracts_visible_to,
        operation="get_contract",
        gives=OneContractOut,
        about="A contract with its frozen text, and the acts on it that are open to whoever asks.",
    ),
    thing_view(
        "contracts/<uuid:pk>/document/",
        contracts_visible_to,
        operation="get_contract_document",
        gives=ContractDocumentOut,
        summary="Get a contract's document",
        about=(
            "The signed document of a contract as JSON to read. What `verify.py` checks is its "
            "file."
        ),
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
