"""Stored files in the admin: to look at, never at their keys."""

from django.contrib import admin

from marketplace.vault.models import StoredFile
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    StoredFile,
    ReadOnlyAdmin,
    list_display=("name", "purpose", "size", "sha256", "created_at", "removed_at"),
    list_filter=("purpose",),
    search_fields=("name", "sha256"),
    exclude=("wrapped_key",),
)
