from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from marketplace.core import Actor, Scope
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.bank.serializers import ImportedOut, StatementIn, StatementOut
from marketplace.trading.treasury.payment.services import (
    import_statement,
    receive_message,
)
from marketplace.trading.treasury.payment.webhooks import Message
from marketplace.web.api import ActView
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor


class ImportStatement(ActView):
    """Keep a bank statement for a second finance officer to confirm; it books nothing before."""

    takes = StatementIn
    gives = StatementOut
    compares = False
    scope = Scope.ADMINISTER
    summary = "Import a bank statement"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> BankStatement:
        return import_statement(content=data["statement"].encode(), by=by)


class ReceiveMessage(DeclaredView):
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
