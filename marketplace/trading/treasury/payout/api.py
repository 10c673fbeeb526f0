"""The API of money that is to go out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.trading.treasury.payout import selectors, serializers
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services.disbursing import (
    approve_disbursement,
    reject_disbursement,
)
from marketplace.trading.treasury.payout.services.proposing import (
    propose_payout,
    propose_refund,
    propose_return,
)
from marketplace.web.api import ActView, ListView
from marketplace.web.serializers import ReasonIn


class Disbursements(ListView):
    """What is to go out and went out, for the centre."""

    gives = serializers.DisbursementOut
    operation = "list_disbursements"
    summary = "List outgoing money"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.disbursements_visible_to(by)


class ProposePayout(ActView):
    """Propose to pay money of an account out; a second person decides."""

    takes = serializers.AmountIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_payout"
    summary = "Propose a payout"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        return propose_payout(ids["pk"], **data, by=by)


class ProposeRefund(ActView):
    """Propose to give a buyer money of an order back; a second person decides."""

    takes = serializers.AmountIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_refund"
    summary = "Propose a refund"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        return propose_refund(ids["pk"], **data, by=by)


class ProposeReturn(ActView):
    """Propose to send a payment back to where it came from; a second person decides."""

    takes = serializers.ProposalIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_return"
    summary = "Propose the return of a payment"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        return propose_return(ids["pk"], **data, by=by)


class ApproveDisbursement(ActView):
    """Let money out as a second person: it is booked at once."""

    gives = serializers.DisbursementOut
    operation = "approve_disbursement"
    summary = "Approve outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        return approve_disbursement(ids["pk"], by=by)


class RejectDisbursement(ActView):
    """Keep money in as a second person, with a reason."""

    takes = ReasonIn
    gives = serializers.DisbursementOut
    operation = "reject_disbursement"
    summary = "Reject outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        return reject_disbursement(ids["pk"], reason=data["reason"], by=by)
