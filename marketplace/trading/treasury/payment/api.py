"""The API of payments."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.orders.settlement.serializers import AllocationOut
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.bank.serializers import ImportedOut, StatementIn, StatementOut
from marketplace.trading.treasury.payment import selectors
from marketplace.trading.treasury.payment import services as payments
from marketplace.trading.treasury.payment.choosing import choices_of
from marketplace.trading.treasury.payment.filters import PaymentFilters
from marketplace.trading.treasury.payment.serializers import (
    AllocateIn,
    PaymentChoicesOut,
    PaymentIn,
    PaymentOut,
    RejectIn,
)
from marketplace.trading.treasury.payment.services import (
    allocate_payment,
    confirm_statement,
    import_statement,
    receive_message,
    reject_statement,
)
from marketplace.trading.treasury.payment.webhooks import Message
from marketplace.web.api import ActView, ThingView, act_view, list_view
from marketplace.web.requests import actor

RecordPayment = act_view(
    payments.record_payment,
    scope=Scope.ADMINISTER,
    takes=PaymentIn,
    gives=PaymentOut,
    about="Say that the buyer's payment has arrived; it counts once a second person confirms it.",
)

ConfirmPayment = act_view(
    payments.confirm_payment,
    scope=Scope.ADMINISTER,
    gives=PaymentOut,
    about="Book a payment that another finance officer recorded, and hold it until acceptance.",
)

RejectPayment = act_view(
    payments.reject_payment,
    scope=Scope.ADMINISTER,
    takes=RejectIn,
    gives=PaymentOut,
    about="Say that a payment which was recorded by hand has not arrived.",
)

Payments = list_view(
    selectors.payments_visible_to,
    operation="list_payments",
    filters=PaymentFilters,
    gives=PaymentOut,
    about="What came in, for the centre.",
)


PaymentAllocations = list_view(
    selectors.allocations_of,
    of=selectors.payments_visible_to,
    operation="list_payment_allocations",
    gives=AllocationOut,
    summary="List what a payment pays",
    about="What a payment pays of which amount; the rest of it is the buyer's credit.",
)


class PaymentChoices(ThingView):
    """The open amounts that a payment could be meant for, the likeliest first, and why each."""

    gives = PaymentChoicesOut
    operation = "list_payment_choices"
    summary = "List what a payment could be for"

    def thing(self, by: Actor, **ids: Any) -> dict[str, Any]:
        payment = visible(selectors.payments_visible_to(by), pk=ids["pk"])
        return {"choices": choices_of([payment], by=by)[payment.pk]}


class ImportStatement(ActView):
    """Keep a bank statement for a second finance officer to confirm; it books nothing before."""

    takes = StatementIn
    gives = StatementOut
    compares = False
    scope = Scope.ADMINISTER
    operation = "import_statement"
    summary = "Import a bank statement"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankStatement:
        return import_statement(content=data["statement"].encode(), by=by)


ConfirmStatement = act_view(
    confirm_statement,
    scope=Scope.ADMINISTER,
    gives=ImportedOut,
    summary="Confirm a bank statement",
    about="Book what came in by a bank statement that another finance officer imported.",
)

RejectStatement = act_view(
    reject_statement,
    scope=Scope.ADMINISTER,
    takes=RejectIn,
    gives=StatementOut,
    summary="Reject a bank statement",
    about="Say that a bank statement is not the bank's; nothing of it was booked.",
)


class ReceiveMessage(APIView):
    """Take the message of a payment provider, signed as Standard Webhooks say.

    The provider has no account here: it proves itself by webhook-id, webhook-timestamp and
    webhook-signature. The same payment told again changes nothing.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    refuses = frozenset({403})

    @extend_schema(
        operation_id="receive_payment_message",
        summary="Receive a payment provider's message",
        request=OpenApiTypes.OBJECT,
        responses=ImportedOut,
        auth=[],
        parameters=[
            OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True)
            for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
        ],
    )
    def post(self, request: Request) -> Response:
        """Return what became of it."""
        message = Message(
            message_id=request.headers.get("webhook-id", ""),
            timestamp=request.headers.get("webhook-timestamp", ""),
            signatures=request.headers.get("webhook-signature", ""),
            body=request.body,
        )
        done = receive_message(message=message, by=actor(request))
        return Response(ImportedOut(done).data)


AllocatePayment = act_view(
    allocate_payment,
    scope=Scope.ADMINISTER,
    takes=AllocateIn,
    gives=PaymentOut,
    about=(
        "Allocate a payment that waits to what it was meant to pay: amounts of one buyer, as they "
        "come due. What is beyond them stands as the buyer's credit."
    ),
)
