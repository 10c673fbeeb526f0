"""The API of contracts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.orders.contract import selectors, serializers
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services.signing import sign_contract
from marketplace.trading.orders.signature.evidence import Assertion
from marketplace.web.api import ActView, DocumentView, ListView, ThingView


class SignContract(ActView):
    """Sign a contract's text by the digest of what was read.

    With a passkey's assertion, or else as an acceptance witnessed by the centre.
    """

    takes = serializers.SignIn
    gives = serializers.ContractOut
    operation = "sign_contract"
    summary = "Sign a contract"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Contract:
        assertion = Assertion(**data["assertion"]) if "assertion" in data else None
        return sign_contract(
            ids["pk"],
            digest=data["digest"],
            password=data.get("password"),
            assertion=assertion,
            by=by,
        )


class Contracts(ListView):
    """The contracts of which one is a side; all for the centre."""

    gives = serializers.ContractOut
    operation = "list_contracts"
    summary = "List contracts"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.contracts_visible_to(by)


class OneContract(ThingView):
    """A contract with its frozen text."""

    gives = serializers.ContractOut
    operation = "get_contract"
    summary = "Get a contract"

    def thing(self, by: Actor, **ids: UUID) -> Contract:
        return visible(selectors.contracts_visible_to(by), pk=ids["pk"])


class ContractDocument(ThingView):
    """The signed document of a contract as JSON to read. What `verify.py` checks is its file."""

    gives = serializers.ContractDocumentOut
    operation = "get_contract_document"
    summary = "Get a contract's document"

    def thing(self, by: Actor, **ids: UUID) -> Contract:
        return visible(selectors.contracts_visible_to(by), pk=ids["pk"])


class ContractFile(DocumentView):
    """The signed document of a contract, byte for byte, for `verify.py` without the centre.

    Save it as it comes: a JSON library writes other bytes, which are refused. Before both sides
    have signed it is answered 409.
    """

    operation = "get_contract_file"
    summary = "Save a contract's document"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        return selectors.contract_document(
            visible(selectors.contracts_visible_to(by), pk=ids["pk"])
        )
