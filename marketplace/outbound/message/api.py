"""The API of messages."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.message import serializers
from marketplace.outbound.message.selectors import messages_of, messages_visible_to
from marketplace.outbound.message.services import resend_message, try_endpoint
from marketplace.web.api import act_view, list_view, thing_view

Messages = list_view(
    messages_of,
    of=endpoints_visible_to,
    operation="list_endpoint_messages",
    gives=serializers.MessageOut,
    summary="List the messages of a webhook",
    about="What a webhook was told, newest first.",
)

OneMessage = thing_view(
    messages_visible_to,
    operation="get_message",
    gives=serializers.OneMessageOut,
    summary="Get a message of a webhook",
    about="A message with its content and each attempt to send it.",
)

TryEndpoint = act_view(
    try_endpoint,
    scope=Scope.ADMINISTER,
    gives=serializers.MessageOut,
    summary="Send a message to try a webhook",
    about="Have a message sent that says nothing, to see whether a webhook works.",
)

ResendMessage = act_view(
    resend_message,
    scope=Scope.ADMINISTER,
    gives=serializers.MessageOut,
    summary="Send a message again",
    about="Have a message sent again, by the id that it had.",
)
