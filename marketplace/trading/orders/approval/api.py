"""The API of approvals to sign."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.orders.approval import selectors, serializers, services
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Approvals = list_view(
    selectors.approvals_visible_to,
    operation="list_signing_approvals",
    gives=serializers.ApprovalOut,
    about="The approvals to sign of the caller's own side; all for the centre.",
)

OneApproval = thing_view(
    selectors.approvals_visible_to,
    operation="get_signing_approval",
    gives=serializers.OneApprovalOut,
    about="An approval to sign, and the acts on it that are open to the caller.",
)

AskContractApproval = act_view(
    services.ask_contract_approval,
    scope=Scope.TRADE,
    gives=serializers.ApprovalOut,
    summary="Ask to sign a contract above one's limit",
)

AskAmendmentApproval = act_view(
    services.ask_amendment_approval,
    scope=Scope.TRADE,
    gives=serializers.ApprovalOut,
    summary="Ask to sign an amendment above one's limit",
)

ApproveSigning = act_view(
    services.approve_signing,
    scope=Scope.TRADE,
    gives=serializers.ApprovalOut,
    summary="Approve that a text is signed",
)

RefuseSigning = act_view(
    services.refuse_signing,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=serializers.ApprovalOut,
    summary="Refuse that a text is signed",
)
