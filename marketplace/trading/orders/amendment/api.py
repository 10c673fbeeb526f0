from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.plans import plan_of
from marketplace.trading.orders.amendment import selectors, serializers, services
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.web.api import (
    ActView,
    DocumentView,
    ListView,
)


class Amendments(ListView):
    """Every amendment of a contract, whatever became of it."""

    gives = serializers.AmendmentOut
    operation = "list_amendments"
    summary = "List the amendments of a contract"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        contract = visible(contracts_visible_to(by), pk=ids["pk"])
        return selectors.amendments_visible_to(by).filter(contract=contract)


class AmendmentFile(DocumentView):
    """The signed document of an amendment, byte for byte, for `verify.py` with its contract's.

    Save it as it comes: a JSON library writes other bytes, which are refused. Before both sides
    have signed it is answered 409.
    """

    operation = "get_amendment_file"
    summary = "Save an amendment's document"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        return selectors.amendment_document(
            visible(selectors.amendments_visible_to(by), pk=ids["pk"])
        )


class ProposeAmendment(ActView):
    """Propose other terms for a signed contract. They hold once both sides have signed them."""

    takes = serializers.ProposeAmendmentIn
    gives = serializers.AmendmentOut
    creates = True
    made_at = "get_amendment"
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Amendment:
        contract = visible(contracts_visible_to(by), pk=ids["pk"])
        terms = contract.order.agreed_terms.changed(data["terms"])
        plan = plan_of(data["plan"]) if "plan" in data else None
        return services.propose_amendment(
            ids["pk"], terms=terms, plan=plan, message=data["message"], by=by
        )
