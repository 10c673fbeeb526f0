from django.contrib import admin

from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.message.models import Message, Try
from marketplace.web.admin import ReadOnlyAdmin

# Endpoints, without their addresses and secrets: a path can be one more secret.
admin.site.register(
    Endpoint,
    ReadOnlyAdmin,
    list_display=("id", "organization", "state", "failures", "failing_since", "created_at"),
    list_filter=("state",),
    exclude=("address", "wrapped_secret", "wrapped_secret_before"),
)

admin.site.register(
    Message,
    ReadOnlyAdmin,
    list_display=("webhook_id", "event", "state", "attempts", "created_at"),
    list_filter=("state", "event"),
    exclude=("endpoint",),
)

admin.site.register(
    Try,
    ReadOnlyAdmin,
    list_display=("message", "number", "status", "code", "created_at"),
    list_filter=("code",),
    exclude=("answer",),
)

admin.site.register(
    LineageEvent,
    ReadOnlyAdmin,
    list_display=("cause", "number", "state", "tries", "status", "code", "created_at"),
    list_filter=("state",),
)
