from django.contrib import admin

from marketplace.review.models import Case, OrganizationDocument
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ("kind", "subject", "state", "created_at", "decided_at")
    list_filter = ("kind", "state")
    search_fields = ("subject",)


@admin.register(OrganizationDocument)
class OrganizationDocumentAdmin(ReadOnlyAdmin):
    """Shows which documents there are, and none of their bytes."""

    list_display = ("organization", "kind", "created_at")
    list_filter = ("kind",)
