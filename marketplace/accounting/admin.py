from django.contrib import admin

from marketplace.accounting.models import CostEntry, Impairment, Recognition
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(CostEntry)
class CostEntryAdmin(ReadOnlyAdmin):
    list_display = ("voucher", "dataset", "kind", "amount", "currency", "incurred_on")
    list_filter = ("kind",)
    search_fields = ("voucher",)


@admin.register(Recognition)
class RecognitionAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "organization", "profile", "category", "carrying", "state")
    list_filter = ("state", "category", "profile")


@admin.register(Impairment)
class ImpairmentAdmin(ReadOnlyAdmin):
    list_display = ("recognition", "tested_on", "recoverable", "loss", "voucher")
