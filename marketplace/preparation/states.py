"""The lives of runs and of risk reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import StateMachine


class RunState(TextChoices):
    """Where a run stands."""

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


class ReportState(TextChoices):
    """Whether a risk report still says something of its version."""

    IN_FORCE = "in_force", _("In force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


REPORT: StateMachine[ReportState] = StateMachine(
    "risk_report",
    ReportState,
    {ReportState.IN_FORCE: {ReportState.WITHDRAWN}},
)
