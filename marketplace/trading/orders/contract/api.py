from typing import Any
from uuid import UUID

from marketplace.core import Actor, Scope, visible
from marketplace.trading.orders.contract import selectors, serializers
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import sign_contract
from marketplace.trading.orders.signature.api import SigningView
from marketplace.trading.orders.signature.evidence import Assertion
from marketplace.web.api import DocumentView


class SignContract(SigningView):
    """Sign a contract's text by the digest of what was read.

    With a passkey's assertion, or else as an acceptance witnessed by the centre, which takes a
    fresh one-time code.
    """

    takes = serializers.SignIn
    gives = serializers.ContractOut
    scope = Scope.TRADE
    operation = "sign_contract"
    summary = "Sign a contract"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Contract:
        assertion = Assertion(**data["assertion"]) if "assertion" in data else None
        return sign_contract(
            ids["pk"],
            digest=data["digest"],
            code=data.get("code"),
            assertion=assertion,
            by=by,
        )


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
