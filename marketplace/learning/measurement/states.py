from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class MeasurementState(TextChoices):
    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


WITHOUT_RECEIPT = frozenset({MeasurementState.FAILED.value, MeasurementState.CANCELLED.value})
"""The states of a measurement that ended with nothing: the same may be asked for again."""

MEASUREMENT: StateMachine[MeasurementState] = StateMachine(
    "measurement",
    MeasurementState,
    {
        MeasurementState.QUEUED: {MeasurementState.RUNNING, MeasurementState.CANCELLED},
        MeasurementState.RUNNING: {
            MeasurementState.QUEUED,
            MeasurementState.DONE,
            MeasurementState.FAILED,
            MeasurementState.CANCELLED,
        },
    },
)
