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


@admin.register(LabellingProject)
class LabellingProjectAdmin(ReadOnlyAdmin):
    list_display = ("title", "organization", "version", "kind", "rows", "state")
    list_filter = ("state", "kind")
    search_fields = ("title",)


@admin.register(Guideline)
class GuidelineAdmin(ReadOnlyAdmin):
    list_display = ("project", "number", "created_at")


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ("project", "row", "needed", "taken")


@admin.register(Annotator)
class AnnotatorAdmin(ReadOnlyAdmin):
    list_display = ("pseudonym", "project", "organization", "qualified_at")


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("annotator", "number", "is_qualification", "state", "handed_in_at")
    list_filter = ("state",)


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("batch", "position", "skipped")


@admin.register(Label)
class LabelAdmin(ReadOnlyAdmin):
    list_display = ("task", "number", "seconds", "created_at")


@admin.register(ItemLook)
class ItemLookAdmin(ReadOnlyAdmin):
    list_display = ("task", "created_at")


@admin.register(RowLook)
class RowLookAdmin(ReadOnlyAdmin):
    list_display = ("project", "person_id", "created_at")


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    list_display = ("batch", "round", "lot", "sampled", "is_accepted", "created_at")


@admin.register(Funding)
class FundingAdmin(ReadOnlyAdmin):
    list_display = ("project", "amount", "created_at")


@admin.register(LabelPay)
class LabelPayAdmin(ReadOnlyAdmin):
    list_display = ("batch", "organization", "items", "amount", "currency", "created_at")


@admin.register(Arbitration)
class ArbitrationAdmin(ReadOnlyAdmin):
    list_display = ("item", "created_at")


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    list_display = ("item", "created_at")


@admin.register(LabelComparison)
class LabelComparisonAdmin(ReadOnlyAdmin):
    list_display = ("project", "items", "compared_at")


@admin.register(LabelledSet)
class LabelledSetAdmin(ReadOnlyAdmin):
    list_display = ("project", "version", "items", "cost", "created_at")
