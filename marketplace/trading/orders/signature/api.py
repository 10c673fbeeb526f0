"""The API by which a text is signed."""

from typing import Any

from marketplace.accounts.session.services import count_signing_try
from marketplace.core import Actor, Scope
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.serializers import AmendmentOut
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.serializers import ContractOut
from marketplace.trading.orders.signature.serializers import SignIn
from marketplace.trading.orders.signature.services import sign_amendment, sign_contract
from marketplace.web.api import (
    ActView,
)


class SigningView(ActView):
    """Sign a text by a passkey's assertion, or by a one-time code, whose tries are counted."""

    def before(self, by: Actor, data: dict[str, Any]) -> None:
        """Count a try at the code."""
        if data["assertion"] is None:
            count_signing_try(by=by)


class SignContract(SigningView):
    """Sign a contract's text by the digest of what was read.

    With a passkey's assertion, or else as an acceptance witnessed by the centre, which takes a
    fresh one-time code.
    """

    takes = SignIn
    gives = ContractOut
    scope = Scope.TRADE
    operation = "sign_contract"
    summary = "Sign a contract"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Contract:
        return sign_contract(ids["pk"], **data, by=by)


class SignAmendment(SigningView):
    """Sign an amendment's text by the digest of what was read.

    With a passkey's assertion over it, in which the amendment's UUID takes the place of the
    contract's, or else as an acceptance witnessed by the centre, which takes a fresh one-time code.
    """

    takes = SignIn
    gives = AmendmentOut
    scope = Scope.TRADE
    operation = "sign_amendment"
    summary = "Sign an amendment"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Amendment:
        return sign_amendment(ids["pk"], **data, by=by)
