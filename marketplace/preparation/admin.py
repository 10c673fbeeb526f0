"""Preparation in the admin: to look at, never at keys."""

from django.contrib import admin

from marketplace.preparation.budget.models import BudgetCharge, DatasetBudget
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.policy.models import (
    DatasetKey,
    MaskingPolicy,
    Relabelling,
    RoleConfirmation,
)
from marketplace.preparation.release.models import (
    Composition,
    PeopleComparison,
    PeopleKey,
    PeopleSketch,
    PublishedVersion,
)
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
from marketplace.preparation.study.models import Study
from marketplace.preparation.version.models import Look
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "version", "state", "progress", "attempt", "created_at")
    list_filter = ("kind", "state")


@admin.register(ColumnFinding)
class ColumnFindingAdmin(ReadOnlyAdmin):
    list_display = ("version", "position", "name", "role", "kind", "confidence")
    list_filter = ("role", "kind")
    search_fields = ("name",)


@admin.register(ColumnHierarchy)
class ColumnHierarchyAdmin(ReadOnlyAdmin):
    """That officers set hierarchies; not the values that they list."""

    exclude = ("rows",)

    list_display = ("version", "name", "digest", "created_at")
    search_fields = ("name", "digest")


@admin.register(MaskingPolicy)
class MaskingPolicyAdmin(ReadOnlyAdmin):
    """That policies were confirmed; not the values that their levels list."""

    exclude = ("document",)

    list_display = ("digest", "version", "created_at")
    search_fields = ("digest",)


@admin.register(DatasetKey)
class DatasetKeyAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "created_at")
    exclude = ("wrapped_key",)


@admin.register(PeopleKey)
class PeopleKeyAdmin(ReadOnlyAdmin):
    """That an organization has a key of sketches; not the key."""

    list_display = ("organization", "created_at")
    exclude = ("wrapped_key",)


@admin.register(PeopleSketch)
class PeopleSketchAdmin(ReadOnlyAdmin):
    """Which sources were sketched; not the sketches."""

    list_display = ("version", "organization", "person", "created_at")
    exclude = ("content",)


@admin.register(PeopleComparison)
class PeopleComparisonAdmin(ReadOnlyAdmin):
    """Sources whose people were compared by all rows."""

    list_display = ("version", "other", "are_apart", "kinds", "created_at")
    list_filter = ("are_apart",)


@admin.register(PublishedVersion)
class PublishedVersionAdmin(ReadOnlyAdmin):
    """Versions whose rows were let out."""

    list_display = ("version", "organization", "created_at")


@admin.register(Composition)
class CompositionAdmin(ReadOnlyAdmin):
    list_display = ("version", "earlier", "passed", "created_at")
    list_filter = ("passed",)


@admin.register(DatasetBudget)
class DatasetBudgetAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "promised", "created_at")


@admin.register(BudgetCharge)
class BudgetChargeAdmin(ReadOnlyAdmin):
    list_display = ("version", "use", "cause", "epsilon", "delta", "created_at")
    list_filter = ("use",)
    search_fields = ("cause",)


@admin.register(Study)
class StudyAdmin(ReadOnlyAdmin):
    """That runs compared; not the values in their questions and answers."""

    exclude = ("question", "answer")

    list_display = ("run", "digest", "created_at")
    search_fields = ("digest",)


@admin.register(RiskReport)
class RiskReportAdmin(ReadOnlyAdmin):
    list_display = ("version", "passed", "verdict", "state", "measured_at", "valid_until")
    list_filter = ("passed", "verdict", "state")
    search_fields = ("sha256",)


@admin.register(Relabelling)
class RelabellingAdmin(ReadOnlyAdmin):
    """Columns that policies take for less than was found."""

    list_display = ("policy", "column", "found_as", "decided_as", "written_at")
    search_fields = ("column", "digest")


@admin.register(RoleConfirmation)
class RoleConfirmationAdmin(ReadOnlyAdmin):
    list_display = ("digest", "station", "subject", "created_at")
    list_filter = ("station",)
    search_fields = ("digest", "subject")


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ("version", "person_id", "rows", "reason", "created_at")
    list_filter = ("reason",)
