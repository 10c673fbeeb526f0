"""Costs in the admin: to look at."""

from django.contrib import admin

from marketplace.accounting.models import CostEntry
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(CostEntry)
class CostEntryAdmin(ReadOnlyAdmin):
    """Cost entries."""

    list_display = ("voucher", "dataset", "kind", "amount", "currency", "incurred_on")
    list_filter = ("kind",)
    search_fields = ("voucher",)
