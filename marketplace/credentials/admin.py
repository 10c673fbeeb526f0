from django.contrib import admin

from marketplace.credentials.models import Credential, SigningKey
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Credential,
    ReadOnlyAdmin,
    list_display=("number", "kind", "state", "valid_from", "valid_until"),
    list_filter=("kind", "state"),
    search_fields=("number", "subject"),
)

# Keys, without their private halves.
admin.site.register(
    SigningKey,
    ReadOnlyAdmin,
    list_display=("public_key", "created_at", "retired_at"),
    exclude=("wrapped_private_key",),
)
