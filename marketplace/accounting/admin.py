from django.contrib import admin

from marketplace.accounting.models import CostEntry, Impairment, Recognition
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    CostEntry,
    ReadOnlyAdmin,
    list_display=("voucher", "dataset", "kind", "amount", "currency", "incurred_on"),
    list_filter=("kind",),
    search_fields=("voucher",),
)

admin.site.register(
    Recognition,
    ReadOnlyAdmin,
    list_display=("dataset", "organization", "profile", "category", "carrying", "state"),
    list_filter=("state", "category", "profile"),
)

admin.site.register(
    Impairment,
    ReadOnlyAdmin,
    list_display=("recognition", "tested_on", "recoverable", "loss", "voucher"),
)
