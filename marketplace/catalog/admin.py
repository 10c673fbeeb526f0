"""The catalog in the admin: to look at."""

from django.contrib import admin

from marketplace.catalog.models import Column, Dataset, DatasetVersion
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Dataset)
class DatasetAdmin(ReadOnlyAdmin):
    """Shows datasets."""

    list_display = ("title", "organization", "theme", "grade", "state", "created_at")
    list_filter = ("state", "grade", "theme")
    search_fields = ("title",)


@admin.register(DatasetVersion)
class DatasetVersionAdmin(ReadOnlyAdmin):
    """Shows versions."""

    list_display = ("dataset", "number", "kind", "rows", "column_count", "sha256")
    list_filter = ("kind",)
    list_select_related = ("dataset",)
    search_fields = ("sha256", "upload_sha256")


@admin.register(Column)
class ColumnAdmin(ReadOnlyAdmin):
    """Shows columns."""

    list_display = ("name", "version", "dtype", "label", "unit")
    list_select_related = ("version__dataset",)
    search_fields = ("name", "label")
