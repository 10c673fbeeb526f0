"""The API of accounts, invoices, payments and outgoing money."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.models import DayClosing, Disbursement, Invoice, Payment
from marketplace.trading.money import selectors, serializers
from marketplace.trading.money.services.closing import close_day
from marketplace.trading.money.services.disbursing import (
    approve_disbursement,
    reject_disbursement,
)
from marketplace.trading.money.services.proposing import (
    propose_payout,
    propose_refund,
    propose_return,
)
from marketplace.trading.money.services.receiving import (
    Imported,
    allocate_payment,
    import_statement,
    receive_message,
)
from marketplace.trading.money.webhooks import Message
from marketplace.trading.serializers import TransferOut
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.requests import actor
from marketplace.web.serializers import ReasonIn


class Accounts(ListView):
    """The accounts of one's organization with their balances; all for the centre."""

    gives = serializers.AccountOut
    operation = "list_accounts"
    summary = "List accounts"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.accounts_visible_to(by)


class AccountTransfers(ListView):
    """What moved on an account."""

    gives = TransferOut
    operation = "list_account_transfers"
    summary = "List the transfers of an account"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.entries_of(visible(selectors.accounts_visible_to(by), pk=ids["pk"]))


class Charges(ListView):
    """What buyers owe and owed, of the orders of which one is a side."""

    gives = serializers.ChargeOut
    operation = "list_charges"
    summary = "List amounts to be paid"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.charges_visible_to(by)


class Invoices(ListView):
    """The invoices and credit notes of the orders of which one is a side."""

    gives = serializers.InvoiceOut
    operation = "list_invoices"
    summary = "List invoices"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.invoices_visible_to(by)


class OneInvoice(ThingView):
    """An invoice or a credit note."""

    gives = serializers.InvoiceOut
    operation = "get_invoice"
    summary = "Get an invoice"

    def thing(self, by: Actor, **ids: UUID) -> Invoice:
        """Select."""
        return visible(selectors.invoices_visible_to(by), pk=ids["pk"])


class Payments(ListView):
    """What came in, for the centre."""

    gives = serializers.PaymentOut
    operation = "list_payments"
    summary = "List payments"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.payments_visible_to(by)


class Disbursements(ListView):
    """What is to go out and went out, for the centre."""

    gives = serializers.DisbursementOut
    operation = "list_disbursements"
    summary = "List outgoing money"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.disbursements_visible_to(by)


class Closings(ListView):
    """The closed days, for the centre."""

    gives = serializers.ClosingOut
    operation = "list_closings"
    summary = "List closed days"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.closings_visible_to(by)


class CloseDay(ActView):
    """Close the books of a past day; closing it again answers the same closing."""

    takes = serializers.CloseIn
    gives = serializers.ClosingOut
    operation = "close_day"
    summary = "Close the books of a day"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DayClosing:
        """Close."""
        return close_day(day=data["day"], by=by)


class ImportStatement(ActView):
    """Book what came in by a bank statement; a line that is known already changes nothing."""

    takes = serializers.StatementIn
    gives = serializers.ImportedOut
    operation = "import_statement"
    summary = "Import a bank statement"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Imported:
        """Import."""
        return import_statement(content=data["statement"].encode(), by=by)


class ReceiveMessage(APIView):
    """Take the message of a payment provider, signed as Standard Webhooks say.

    The provider has no account here: it proves itself by webhook-id, webhook-timestamp and
    webhook-signature. The same payment told again changes nothing.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="receive_payment_message",
        summary="Receive a payment provider's message",
        request=OpenApiTypes.OBJECT,
        responses=serializers.ImportedOut,
        auth=[],
        parameters=[
            OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True)
            for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
        ],
    )
    def post(self, request: Request) -> Response:
        """Answer what became of it."""
        message = Message(
            message_id=request.headers.get("webhook-id", ""),
            timestamp=request.headers.get("webhook-timestamp", ""),
            signatures=request.headers.get("webhook-signature", ""),
            body=request.body,
        )
        done = receive_message(message=message, by=actor(request))
        return Response(serializers.ImportedOut(done).data)


class AllocatePayment(ActView):
    """Allocate a payment that waits to what it was meant to pay."""

    takes = serializers.AllocateIn
    gives = serializers.PaymentOut
    operation = "allocate_payment"
    summary = "Allocate a payment"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Payment:
        """Allocate."""
        return allocate_payment(ids["pk"], reference=data["reference"], by=by)


class ProposePayout(ActView):
    """Propose to pay money of an account out; a second person decides."""

    takes = serializers.AmountIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_payout"
    summary = "Propose a payout"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        """Propose."""
        return propose_payout(ids["pk"], **data, by=by)


class ProposeRefund(ActView):
    """Propose to give a buyer money of an order back; a second person decides."""

    takes = serializers.AmountIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_refund"
    summary = "Propose a refund"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        """Propose."""
        return propose_refund(ids["pk"], **data, by=by)


class ProposeReturn(ActView):
    """Propose to send a payment back to where it came from; a second person decides."""

    takes = serializers.ProposalIn
    gives = serializers.DisbursementOut
    creates = True
    operation = "propose_return"
    summary = "Propose the return of a payment"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        """Propose."""
        return propose_return(ids["pk"], **data, by=by)


class ApproveDisbursement(ActView):
    """Let money out as a second person: it is booked at once."""

    gives = serializers.DisbursementOut
    operation = "approve_disbursement"
    summary = "Approve outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        """Approve."""
        return approve_disbursement(ids["pk"], by=by)


class RejectDisbursement(ActView):
    """Keep money in as a second person, with a reason."""

    takes = ReasonIn
    gives = serializers.DisbursementOut
    operation = "reject_disbursement"
    summary = "Reject outgoing money"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Disbursement:
        """Reject."""
        return reject_disbursement(ids["pk"], reason=data["reason"], by=by)
