from django.contrib import admin

from marketplace.learning.measurement.models import Measurement
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.run.models import TrainingRun
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(TrainingRun)
class TrainingRunAdmin(ReadOnlyAdmin):
    list_display = ("id", "title", "version", "state", "progress", "attempt", "created_at")
    list_filter = ("state",)
    search_fields = ("title", "digest")


@admin.register(TrainedModel)
class TrainedModelAdmin(ReadOnlyAdmin):
    list_display = ("title", "organization", "state", "trouble", "created_at")
    list_filter = ("state", "trouble")
    search_fields = ("title", "card_sha256")


@admin.register(Scoring)
class ScoringAdmin(ReadOnlyAdmin):
    """How many rows were given to models; not the rows."""

    list_display = ("model", "rows", "created_at")


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    """What buyers had measured; not their rows, which are destroyed."""

    list_display = ("listing", "organization", "state", "epsilon", "created_at")
    list_filter = ("state",)
    list_select_related = ("listing", "organization")
    search_fields = ("listing__title", "digest")
