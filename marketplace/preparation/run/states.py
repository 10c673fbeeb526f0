from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class RunState(TextChoices):
    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = frozenset({RunState.QUEUED.value, RunState.RUNNING.value})
"""The states from which a run still goes on."""

RUN: StateMachine[RunState] = StateMachine(
    "run",
    RunState,
    {
        RunState.QUEUED: {RunState.RUNNING, RunState.CANCELLED},
        RunState.RUNNING: {
            RunState.QUEUED,
            RunState.DONE,
            RunState.FAILED,
            RunState.CANCELLED,
        },
    },
)
