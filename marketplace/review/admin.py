from django.contrib import admin

from marketplace.review.models import Case, OrganizationDocument
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Case,
    ReadOnlyAdmin,
    list_display=("kind", "subject", "state", "created_at", "decided_at"),
    list_filter=("kind", "state"),
    search_fields=("subject",),
)

# Shows which documents there are, and none of their bytes.
admin.site.register(
    OrganizationDocument,
    ReadOnlyAdmin,
    list_display=("organization", "kind", "created_at"),
    list_filter=("kind",),
)
