from django.contrib import admin

from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.message.models import Message, Try
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    """Endpoints, without their addresses and secrets: a path can be one more secret."""

    list_display = ("id", "organization", "state", "failures", "failing_since", "created_at")
    list_filter = ("state",)
    exclude = ("address", "wrapped_secret", "wrapped_secret_before")


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("webhook_id", "event", "state", "attempts", "created_at")
    list_filter = ("state", "event")
    exclude = ("endpoint",)


@admin.register(Try)
class TryAdmin(ReadOnlyAdmin):
    list_display = ("message", "number", "status", "code", "created_at")
    list_filter = ("code",)
    exclude = ("answer",)


@admin.register(LineageEvent)
class LineageEventAdmin(ReadOnlyAdmin):
    list_display = ("cause", "number", "state", "tries", "status", "code", "created_at")
    list_filter = ("state",)
