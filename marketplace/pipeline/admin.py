from django.contrib import admin

from marketplace.pipeline.models import Beat, Cursor, SetAside
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(Cursor, ReadOnlyAdmin, list_display=("id", "leaf_index"))

admin.site.register(Beat, ReadOnlyAdmin, list_display=("part", "at"))

admin.site.register(
    SetAside,
    ReadOnlyAdmin,
    list_display=("reaction", "entry", "error_code", "attempts", "tried_at", "state"),
    list_filter=("state", "reaction"),
)
