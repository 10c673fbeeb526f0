"""Delivery in the admin: to look at."""

from django.contrib import admin

from marketplace.delivery.models import Download, Grant, GrantKey, Use, UseDay
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


@admin.register(GrantKey)
class GrantKeyAdmin(ReadOnlyAdmin):
    """Keys of grants."""

    list_display = ("grant", "expires_at", "revoked_at", "last_used_on")


@admin.register(Use)
class UseAdmin(ReadOnlyAdmin):
    """Uses."""

    list_display = ("grant", "kind", "rows", "size", "created_at")


@admin.register(UseDay)
class UseDayAdmin(ReadOnlyAdmin):
    """Days of use."""

    list_display = ("grant", "day", "calls", "rows", "size")
