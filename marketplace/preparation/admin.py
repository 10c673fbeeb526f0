"""Preparation in the admin: to look at, never at keys."""

from django.contrib import admin

from marketplace.preparation.models import (
    BudgetCharge,
    ColumnFinding,
    ColumnHierarchy,
    DatasetBudget,
    DatasetKey,
    MaskingPolicy,
    RiskReport,
    Run,
    Study,
)
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """Runs."""

    list_display = ("id", "kind", "version", "state", "progress", "attempt", "created_at")
    list_filter = ("kind", "state")


@admin.register(ColumnFinding)
class ColumnFindingAdmin(ReadOnlyAdmin):
    """What was found about columns."""

    list_display = ("version", "position", "name", "role", "kind", "confidence")
    list_filter = ("role", "kind")
    search_fields = ("name",)


@admin.register(ColumnHierarchy)
class ColumnHierarchyAdmin(ReadOnlyAdmin):
    """Hierarchies that officers set."""

    list_display = ("version", "name", "digest", "created_at")
    search_fields = ("name", "digest")


@admin.register(MaskingPolicy)
class MaskingPolicyAdmin(ReadOnlyAdmin):
    """Confirmed policies."""

    list_display = ("digest", "version", "created_at")
    search_fields = ("digest",)


@admin.register(DatasetKey)
class DatasetKeyAdmin(ReadOnlyAdmin):
    """That a dataset has a key; not the key."""

    list_display = ("dataset", "created_at")
    exclude = ("wrapped_key",)


@admin.register(DatasetBudget)
class DatasetBudgetAdmin(ReadOnlyAdmin):
    """Privacy budgets."""

    list_display = ("dataset", "promised", "created_at")


@admin.register(BudgetCharge)
class BudgetChargeAdmin(ReadOnlyAdmin):
    """What was spent of privacy budgets."""

    list_display = ("version", "use", "cause", "epsilon", "delta", "created_at")
    list_filter = ("use",)
    search_fields = ("cause",)


@admin.register(Study)
class StudyAdmin(ReadOnlyAdmin):
    """What comparing runs found."""

    list_display = ("run", "digest", "created_at")
    search_fields = ("digest",)


@admin.register(RiskReport)
class RiskReportAdmin(ReadOnlyAdmin):
    """Risk reports."""

    list_display = ("version", "passed", "verdict", "state", "measured_at", "valid_until")
    list_filter = ("passed", "verdict", "state")
    search_fields = ("sha256",)
