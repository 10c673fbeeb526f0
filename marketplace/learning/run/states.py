from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class TrainingState(TextChoices):
    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


TRAINING_ACTIVE = frozenset({TrainingState.QUEUED.value, TrainingState.RUNNING.value})
"""The states from which a training run still goes on."""

TRAINING: StateMachine[TrainingState] = StateMachine(
    "training_run",
    TrainingState,
    {
        TrainingState.QUEUED: {TrainingState.RUNNING, TrainingState.CANCELLED},
        TrainingState.RUNNING: {
            TrainingState.QUEUED,
            TrainingState.DONE,
            TrainingState.FAILED,
            TrainingState.CANCELLED,
        },
    },
)
