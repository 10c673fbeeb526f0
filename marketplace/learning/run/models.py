"""Training runs, and how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.jobs.models import Job
from marketplace.jobs.states import ACTIVE
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.training.declaration import Declaration


class TrainingRun(Job):
    """Training that was declared.

    `declaration` is what decides what comes of it (`training.declaration`), `digest` its SHA-256.
    `replaces` is the model that it trains again, without rows that went.
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
    step = models.CharField(
        _("step"), max_length=8, choices=TrainingStep, default=TrainingStep.WAIT, blank=True
    )

    class Meta(Job.Meta):
        verbose_name = _("training run")
        verbose_name_plural = _("training runs")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "digest"],
                condition=models.Q(state__in=sorted(ACTIVE), replaces=None),
                name="learning_one_active_run",
                violation_error_message=_("Such a training run is under way already."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=models.Q(state__in=sorted(ACTIVE)),
                name="learning_one_active_retraining",
                violation_error_message=_("This model is being trained again already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> Declaration:
        return Declaration.from_dict(self.declaration)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else an entry about it concerns."""
        return (
            f"version:{self.version_id}",
            f"dataset:{self.version.dataset_id}",
            f"organization:{self.organization_id}",
            *([f"model:{self.replaces_id}"] if self.replaces_id else []),
        )
