"""What every piece of long work keeps of itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.jobs.states import ACTIVE, JOB, JobState

WHOLE = 1000
"""The progress of a job that is done."""


class Job(Record):
    """A piece of long work that a worker takes, holds by a lease, and finishes.

    `attempt` counts how often it was taken; only the worker of the present attempt may report on
    it. `lease_until` is when that worker is taken for dead unless it reports. `queued_at` is when a
    worker was last asked to take it. `progress` runs from 0 to 1000.
    """

    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveIntegerField(_("progress"), default=0)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    lease_until = models.DateTimeField(_("lease until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_parameters: models.JSONField[Any, Any] = models.JSONField(
        _("figures of the error"), default=dict
    )

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_lease_while_running",
                condition=models.Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~models.Q(state=JobState.RUNNING) & models.Q(lease_until=None)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_progress_of_1000",
                condition=models.Q(progress__lte=WHOLE),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="%(app_label)s_%(class)s_lease")
        ]

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        """Whether it ended with what it was asked for."""
        return self.state == JobState.DONE

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will change."""
        return JOB.is_final(self.state)
