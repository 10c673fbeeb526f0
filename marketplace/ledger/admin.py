from django.contrib import admin

from marketplace.ledger.models import Audit, Entry, Head, Seal, WitnessCheck
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Entry,
    ReadOnlyAdmin,
    list_display=("id", "kind", "subject", "happened_at", "door"),
    list_filter=("kind", "door"),
    search_fields=("subject",),
)

admin.site.register(Seal, ReadOnlyAdmin, list_display=("leaf_index", "entry", "leaf_hash"))

admin.site.register(Head, ReadOnlyAdmin, list_display=("tree_size", "root_hash", "sealed_at"))

admin.site.register(
    Audit,
    ReadOnlyAdmin,
    list_display=("created_at", "door", "tree_size", "faults", "milliseconds"),
    list_filter=("door",),
)

admin.site.register(
    WitnessCheck,
    ReadOnlyAdmin,
    list_display=("created_at", "origin", "tree_size", "result"),
    list_filter=("result",),
)
