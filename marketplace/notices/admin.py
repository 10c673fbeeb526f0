from django.contrib import admin

from marketplace.notices.models import EmailChoice, Notice
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Notice,
    ReadOnlyAdmin,
    list_display=("kind", "subject", "person", "created_at", "read_at", "emailed_at"),
    list_filter=("kind",),
    search_fields=("subject",),
)

admin.site.register(
    EmailChoice, ReadOnlyAdmin, list_display=("person", "kind", "is_wanted"), list_filter=("kind",)
)
