from django.contrib import admin

from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.quality.models import QualityCheck, QualityResult, QualityRules
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Dataset,
    ReadOnlyAdmin,
    list_display=("title", "organization", "theme", "grade", "state", "created_at"),
    list_filter=("state", "grade", "theme"),
    search_fields=("title",),
)

admin.site.register(
    ApprovedContent,
    ReadOnlyAdmin,
    list_display=("title", "dataset", "grade", "created_at"),
    list_select_related=("dataset",),
    search_fields=("title",),
)

admin.site.register(
    DatasetVersion,
    ReadOnlyAdmin,
    list_display=("dataset", "number", "kind", "rows", "column_count", "sha256"),
    list_filter=("kind",),
    list_select_related=("dataset",),
    search_fields=("sha256", "upload_sha256"),
)

# Shows which datasets bring new data, and when.
admin.site.register(
    Feed,
    ReadOnlyAdmin,
    list_display=("dataset", "every", "next_on", "source", "ended_at"),
    list_filter=("every",),
    list_select_related=("dataset", "source"),
    search_fields=("dataset__title",),
)

admin.site.register(
    Arrival,
    ReadOnlyAdmin,
    list_display=("feed", "due_on", "version", "arrived_at", "held"),
    list_filter=("held",),
    list_select_related=("feed__dataset", "version__dataset"),
)

admin.site.register(
    Origin,
    ReadOnlyAdmin,
    list_display=("dataset", "kind", "upstream", "reference", "created_at", "withdrawn_at"),
    list_filter=("kind",),
    list_select_related=("dataset", "upstream"),
    search_fields=("dataset__title", "reference"),
)

admin.site.register(
    Column,
    ReadOnlyAdmin,
    list_display=("name", "version", "dtype", "label", "unit"),
    list_select_related=("version__dataset",),
    search_fields=("name", "label"),
)

# Shows database sources, never their passwords.
admin.site.register(
    DatabaseSource,
    ReadOnlyAdmin,
    list_display=("name", "dataset", "kind", "host", "state", "checked_at"),
    list_filter=("state", "kind"),
    list_select_related=("dataset",),
    search_fields=("name", "host"),
    exclude=("wrapped_password",),
)

admin.site.register(
    Drawing,
    ReadOnlyAdmin,
    list_display=("__str__", "source", "state", "rows", "attempt", "created_at"),
    list_filter=("state",),
    list_select_related=("source",),
)

admin.site.register(
    QualityRules,
    ReadOnlyAdmin,
    list_display=("dataset", "number", "digest", "created_at"),
    list_select_related=("dataset",),
    search_fields=("digest",),
)

admin.site.register(
    QualityCheck,
    ReadOnlyAdmin,
    list_display=("version", "rules", "rows", "holds", "created_at"),
    list_filter=("holds",),
    list_select_related=("version__dataset", "rules__dataset"),
    search_fields=("sha256",),
)

# Shows how rules ended; numbers of rows are for the holder alone.
admin.site.register(
    QualityResult,
    ReadOnlyAdmin,
    list_display=("key", "check_of", "outcome", "checked", "failing"),
    list_filter=("outcome",),
    list_select_related=("check_of__version__dataset", "check_of__rules"),
    exclude=("examples",),
)
