"""Delivery in the admin: to look at."""

from django.contrib import admin

from marketplace.delivery.models import Download, Grant
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    """Grants."""

    list_display = ("listing", "organization", "mode", "state", "expires_at")
    list_filter = ("state", "mode")


@admin.register(Download)
class DownloadAdmin(ReadOnlyAdmin):
    """Downloads."""

    list_display = ("grant", "first_byte", "last_byte", "sent", "created_at")
