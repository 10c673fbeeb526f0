from django.contrib import admin

from marketplace.annotation.models import (
    Annotator,
    Arbitration,
    Batch,
    Doubt,
    Funding,
    Guideline,
    Inspection,
    Item,
    ItemLook,
    Label,
    LabelComparison,
    LabelledSet,
    LabellingProject,
    LabelPay,
    RowLook,
    Task,
)
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    LabellingProject,
    ReadOnlyAdmin,
    list_display=("title", "organization", "version", "kind", "rows", "state"),
    list_filter=("state", "kind"),
    search_fields=("title",),
)

admin.site.register(Guideline, ReadOnlyAdmin, list_display=("project", "number", "created_at"))

admin.site.register(Item, ReadOnlyAdmin, list_display=("project", "row", "needed", "taken"))

admin.site.register(
    Annotator, ReadOnlyAdmin, list_display=("pseudonym", "project", "organization", "qualified_at")
)

admin.site.register(
    Batch,
    ReadOnlyAdmin,
    list_display=("annotator", "number", "is_qualification", "state", "handed_in_at"),
    list_filter=("state",),
)

admin.site.register(Task, ReadOnlyAdmin, list_display=("batch", "position", "skipped"))

admin.site.register(Label, ReadOnlyAdmin, list_display=("task", "number", "seconds", "created_at"))

admin.site.register(ItemLook, ReadOnlyAdmin, list_display=("task", "created_at"))

admin.site.register(RowLook, ReadOnlyAdmin, list_display=("project", "person_id", "created_at"))

admin.site.register(
    Inspection,
    ReadOnlyAdmin,
    list_display=("batch", "round", "lot", "sampled", "is_accepted", "created_at"),
)

admin.site.register(Funding, ReadOnlyAdmin, list_display=("project", "amount", "created_at"))

admin.site.register(
    LabelPay,
    ReadOnlyAdmin,
    list_display=("batch", "organization", "items", "amount", "currency", "created_at"),
)

admin.site.register(Arbitration, ReadOnlyAdmin, list_display=("item", "created_at"))

admin.site.register(Doubt, ReadOnlyAdmin, list_display=("item", "created_at"))

admin.site.register(
    LabelComparison, ReadOnlyAdmin, list_display=("project", "items", "compared_at")
)

admin.site.register(
    LabelledSet, ReadOnlyAdmin, list_display=("project", "version", "items", "cost", "created_at")
)
