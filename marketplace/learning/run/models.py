"""Training runs, and how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.run.states import TRAINING, TRAINING_ACTIVE, TrainingState
from marketplace.learning.training.declaration import Declaration


class TrainingRun(Record):
    """Training that was declared: a worker takes it, holds it by a lease, and finishes it.

    `declaration` is what decides what comes of it (`training.declaration`), `digest` its SHA-256.
    `attempt` counts how often it was taken; only the worker of the present attempt may report on
    it. `lease_until` is when that worker is taken for dead unless it reports. `queued_at` is when a
    worker was last asked to take it. `progress` runs from 0 to 1000. `replaces` is the model
    that it trains again, without rows that went.
    """

    title = models.CharField(_("title"), max_length=120)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="training_runs")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="training_runs")
    replaces = models.ForeignKey(
        "learning.TrainedModel",
        models.PROTECT,
        null=True,
        related_name="retrainings",
        verbose_name=_("replaces"),
    )
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    declaration = models.JSONField(_("declaration"))
    digest = models.CharField(_("digest of the declaration"), max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=TrainingState, default=TrainingState.QUEUED
    )
    progress = models.PositiveIntegerField(_("progress"), default=0)
    step = models.CharField(
        _("step"), max_length=8, choices=TrainingStep, default=TrainingStep.WAIT, blank=True
    )
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    lease_until = models.DateTimeField(_("lease until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_parameters = models.JSONField(_("figures of the error"), default=dict)

    class Meta:
        verbose_name = _("training run")
        verbose_name_plural = _("training runs")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest"],
                condition=models.Q(state__in=sorted(TRAINING_ACTIVE), replaces=None),
                name="learning_one_active_run",
                violation_error_message=_("Such a training run is under way already."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=models.Q(state__in=sorted(TRAINING_ACTIVE)),
                name="learning_one_active_retraining",
                violation_error_message=_("This model is being trained again already."),
            ),
            models.CheckConstraint(
                name="learning_lease_while_running",
                condition=models.Q(state=TrainingState.RUNNING, lease_until__isnull=False)
                | (~models.Q(state=TrainingState.RUNNING) & models.Q(lease_until=None)),
            ),
            models.CheckConstraint(
                name="learning_progress_of_1000", condition=models.Q(progress__lte=1000)
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="learning_run_lease")]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> Declaration:
        return Declaration.from_dict(self.declaration)

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will change."""
        return TRAINING.is_final(self.state)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else an entry about it concerns."""
        return (
            f"version:{self.version_id}",
            f"dataset:{self.version.dataset_id}",
            f"organization:{self.organization_id}",
            *([f"model:{self.replaces_id}"] if self.replaces_id else []),
        )
