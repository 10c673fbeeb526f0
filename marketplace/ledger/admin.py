from django.contrib import admin

from marketplace.ledger.models import Audit, Entry, Head, Seal, WitnessCheck
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "subject", "happened_at", "door")
    list_filter = ("kind", "door")
    search_fields = ("subject",)


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ("leaf_index", "entry", "leaf_hash")


@admin.register(Head)
class HeadAdmin(ReadOnlyAdmin):
    list_display = ("tree_size", "root_hash", "sealed_at")


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "door", "tree_size", "faults", "milliseconds")
    list_filter = ("door",)


@admin.register(WitnessCheck)
class WitnessCheckAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "origin", "tree_size", "result")
    list_filter = ("result",)
