from django.urls import path

from marketplace.core import Scope
from marketplace.trading.orders.contract import api
from marketplace.trading.orders.contract.filters import ContractFilters
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.serializers import ContractDocumentOut, ContractOut
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.contract.tables import ContractTable
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

urlpatterns = [
    list_of(
        "contracts/",
        contracts_visible_to,
        ContractTable,
        "trading/orders/contract_list.html",
        filters=ContractFilters,
        name="contract_list",
    ),
]

api_patterns = [
    act_view(
        "orders/<uuid:pk>/accept/",
        accept_order,
        scope=Scope.TRADE,
        takes=serializer_of(
            accept_order,
            about="The SHA-256 of the offer that is accepted; none for an order as it was placed.",
        ),
        gives=OrderOut,
        about="Accept the latest offer of an order, and freeze its contract.",
    ),
    list_view(
        "contracts/",
        contracts_visible_to,
        operation="list_contracts",
        filters=ContractFilters,
        gives=ContractOut,
        about="The contracts of which one is a side; all for the centre.",
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
]
