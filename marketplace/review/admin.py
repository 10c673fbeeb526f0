"""Cases in the admin: to look at."""

from django.contrib import admin

from marketplace.review.models import Case
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Shows cases."""

    list_display = ("kind", "subject", "state", "created_at", "decided_at")
    list_filter = ("kind", "state")
    search_fields = ("subject",)
