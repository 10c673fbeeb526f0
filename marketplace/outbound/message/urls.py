from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.message import views
from marketplace.outbound.message.selectors import messages_of, messages_visible_to
from marketplace.outbound.message.serializers import MessageOut, OneMessageOut
from marketplace.outbound.message.services import resend_message, try_endpoint
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    act_page(
        "webhooks/<uuid:pk>/try/",
        try_endpoint,
        done=_("A message is on its way. Its page says whether it was taken."),
        onto="message_detail",
        at="pk",
        name="endpoint_try",
    ),
    path("webhooks/messages/<uuid:pk>/", views.message_detail, name="message_detail"),
    act_page(
        "webhooks/messages/<uuid:pk>/resend/",
        resend_message,
        done=_("The message is sent again. Reload the page in a moment."),
        onto="message_detail",
        name="message_resend",
    ),
]

api_patterns = [
    act_view(
        "webhooks/<uuid:pk>/try/",
        try_endpoint,
        scope=Scope.ADMINISTER,
        gives=MessageOut,
        summary="Send a message to try a webhook",
        about="Have a message sent that says nothing, to see whether a webhook works.",
    ),
    list_view(
        "webhooks/<uuid:pk>/messages/",
        messages_of,
        of=endpoints_visible_to,
        operation="list_endpoint_messages",
        gives=MessageOut,
        summary="List the messages of a webhook",
        about="What a webhook was told, newest first.",
    ),
    thing_view(
        "webhooks/messages/<uuid:pk>/",
        messages_visible_to,
        operation="get_message",
        gives=OneMessageOut,
        summary="Get a message of a webhook",
        about="A message with its content and each attempt to send it.",
    ),
    act_view(
        "webhooks/messages/<uuid:pk>/resend/",
        resend_message,
        scope=Scope.ADMINISTER,
        gives=MessageOut,
        summary="Send a message again",
        about="Have a message sent again, by the id that it had.",
    ),
]
