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

admin.site.register(
    Run,
    ReadOnlyAdmin,
    list_display=("id", "kind", "version", "state", "progress", "attempt", "created_at"),
    list_filter=("kind", "state"),
)

admin.site.register(
    ColumnFinding,
    ReadOnlyAdmin,
    list_display=("version", "position", "name", "role", "kind", "confidence"),
    list_filter=("role", "kind"),
    search_fields=("name",),
)

# That officers set hierarchies; not the values that they list.
admin.site.register(
    ColumnHierarchy,
    ReadOnlyAdmin,
    exclude=("rows",),
    list_display=("version", "name", "digest", "created_at"),
    search_fields=("name", "digest"),
)

# That policies were confirmed; not the values that their levels list.
admin.site.register(
    MaskingPolicy,
    ReadOnlyAdmin,
    exclude=("document",),
    list_display=("digest", "version", "created_at"),
    search_fields=("digest",),
)

admin.site.register(
    DatasetKey, ReadOnlyAdmin, list_display=("dataset", "created_at"), exclude=("wrapped_key",)
)

# That an organization has a key of sketches; not the key.
admin.site.register(
    PeopleKey, ReadOnlyAdmin, list_display=("organization", "created_at"), exclude=("wrapped_key",)
)

# Which sources were sketched; not the sketches.
admin.site.register(
    PeopleSketch,
    ReadOnlyAdmin,
    list_display=("version", "organization", "person", "created_at"),
    exclude=("content",),
)

# Sources whose people were compared by all rows.
admin.site.register(
    PeopleComparison,
    ReadOnlyAdmin,
    list_display=("version", "other", "are_apart", "kinds", "created_at"),
    list_filter=("are_apart",),
)

# Versions whose rows were let out.
admin.site.register(
    PublishedVersion, ReadOnlyAdmin, list_display=("version", "organization", "created_at")
)

admin.site.register(
    Composition,
    ReadOnlyAdmin,
    list_display=("version", "earlier", "passed", "created_at"),
    list_filter=("passed",),
)

admin.site.register(
    DatasetBudget, ReadOnlyAdmin, list_display=("dataset", "promised", "created_at")
)

admin.site.register(
    BudgetCharge,
    ReadOnlyAdmin,
    list_display=("version", "use", "cause", "epsilon", "delta", "created_at"),
    list_filter=("use",),
    search_fields=("cause",),
)

# That runs compared; not the values in their questions and answers.
admin.site.register(
    Study,
    ReadOnlyAdmin,
    exclude=("question", "answer"),
    list_display=("run", "digest", "created_at"),
    search_fields=("digest",),
)

admin.site.register(
    RiskReport,
    ReadOnlyAdmin,
    list_display=("version", "passed", "verdict", "state", "measured_at", "valid_until"),
    list_filter=("passed", "verdict", "state"),
    search_fields=("sha256",),
)

# Columns that policies take for less than was found.
admin.site.register(
    Relabelling,
    ReadOnlyAdmin,
    list_display=("policy", "column", "found_as", "decided_as", "written_at"),
    search_fields=("column", "digest"),
)

admin.site.register(
    RoleConfirmation,
    ReadOnlyAdmin,
    list_display=("digest", "station", "subject", "created_at"),
    list_filter=("station",),
    search_fields=("digest", "subject"),
)

admin.site.register(
    Look,
    ReadOnlyAdmin,
    list_display=("version", "person_id", "rows", "reason", "created_at"),
    list_filter=("reason",),
)
