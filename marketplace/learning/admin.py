from django.contrib import admin

from marketplace.learning.measurement.models import Measurement
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.run.models import TrainingRun
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    TrainingRun,
    ReadOnlyAdmin,
    list_display=("id", "title", "version", "state", "progress", "attempt", "created_at"),
    list_filter=("state",),
    search_fields=("title", "digest"),
)

admin.site.register(
    TrainedModel,
    ReadOnlyAdmin,
    list_display=("title", "organization", "state", "trouble", "created_at"),
    list_filter=("state", "trouble"),
    search_fields=("title", "card_sha256"),
)

# How many rows were given to models; not the rows.
admin.site.register(Scoring, ReadOnlyAdmin, list_display=("model", "rows", "created_at"))

# What buyers had measured; not their rows, which are destroyed.
admin.site.register(
    Measurement,
    ReadOnlyAdmin,
    list_display=("listing", "organization", "state", "epsilon", "created_at"),
    list_filter=("state",),
    list_select_related=("listing", "organization"),
    search_fields=("listing__title", "digest"),
    exclude=("wrapped_noise",),
)
