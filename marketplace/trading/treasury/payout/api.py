"""The API of money that is to go out."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.treasury.payout import selectors, serializers
from marketplace.trading.treasury.payout.filters import DisbursementFilters
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
    propose_return,
    reject_disbursement,
)
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Disbursements = list_view(
    selectors.disbursements_visible_to,
    operation="list_disbursements",
    filters=DisbursementFilters,
    gives=serializers.DisbursementOut,
    summary="List outgoing money",
    about="What is to go out and went out, for the centre.",
)

OneDisbursement = thing_view(
    selectors.disbursements_visible_to,
    operation="get_disbursement",
    gives=serializers.DisbursementOut,
    summary="Get outgoing money",
    about="What is to go out or went out, for the centre.",
)

ProposePayout = act_view(
    propose_payout,
    scope=Scope.ADMINISTER,
    takes=serializers.AmountIn,
    gives=serializers.DisbursementOut,
    creates=True,
    made_at="get_disbursement",
    about="Propose to pay money of an account out; a second person decides.",
)

ProposeRefund = act_view(
    propose_refund,
    scope=Scope.ADMINISTER,
    takes=serializers.AmountIn,
    gives=serializers.DisbursementOut,
    creates=True,
    made_at="get_disbursement",
    about="Propose to give a buyer money of an order back; a second person decides.",
)

ProposeReturn = act_view(
    propose_return,
    scope=Scope.ADMINISTER,
    takes=serializers.ProposalIn,
    gives=serializers.DisbursementOut,
    creates=True,
    made_at="get_disbursement",
    summary="Propose the return of a payment",
    about="Propose to send a payment back to where it came from; a second person decides.",
)

ApproveDisbursement = act_view(
    approve_disbursement,
    scope=Scope.ADMINISTER,
    gives=serializers.DisbursementOut,
    summary="Approve outgoing money",
)

RejectDisbursement = act_view(
    reject_disbursement,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.DisbursementOut,
    summary="Reject outgoing money",
)
