from django.contrib import admin

from marketplace.pipeline.models import Beat, Cursor, SetAside
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Cursor)
class CursorAdmin(ReadOnlyAdmin):
    list_display = ("id", "leaf_index")


@admin.register(Beat)
class BeatAdmin(ReadOnlyAdmin):
    list_display = ("part", "at")


@admin.register(SetAside)
class SetAsideAdmin(ReadOnlyAdmin):
    list_display = ("reaction", "entry", "error_code", "attempts", "tried_at", "state")
    list_filter = ("state", "reaction")
