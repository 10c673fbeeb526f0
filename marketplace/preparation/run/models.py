"""Runs, and how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.run.states import ACTIVE, RUN, RunState

# Long work on a version, recorded step by step.


class RunKind(models.TextChoices):
    PROFILE = "profile", _("Profile and classify")
    MASK = "mask", _("Desensitize and measure")
    TRADEOFF = "tradeoff", _("Compare risk and loss")
    COMPARE = "compare", _("Compare versions")
    COPY = "copy", _("Write a copy for a recipient")
    COMPOSE = "compose", _("Try with earlier releases of the same people")


STUDIES = frozenset({RunKind.TRADEOFF.value, RunKind.COMPARE.value})
"""The runs that only look: they answer a question and make no version."""


class Step(models.TextChoices):
    WAIT = "", _("Waiting")
    OPEN = "open", _("Opening the stored file")
    PROFILE = "profile", _("Profiling the columns")
    CLASSIFY = "classify", _("Looking for personal fields")
    SEARCH = "search", _("Searching for the least generalization")
    WRITE = "write", _("Writing the masked version")
    CHECK = "check", _("Checking what was written")
    MEASURE = "measure", _("Measuring the risk that remains")
    PEOPLE = "people", _("Looking for earlier releases of the same people")
    ATTACK = "attack", _("Letting attackers try it")
    KEEP = "keep", _("Storing the result encrypted")
    COMPARE = "compare", _("Comparing")


class Run(Record):
    """A piece of long work that a worker takes, holds by a lease, and finishes.

    `attempt` counts how often it was taken; only the worker of the present attempt may report on
    it. `lease_until` is when that worker is taken for dead unless it reports. `queued_at` is when a
    worker was last asked to take it. `progress` runs from 0 to 1000. `exclusions` are the codes of
    persons whose rows a masking run left out: with them it is known which rows it read.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=RunKind)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="runs")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="runs")
    policy = models.ForeignKey(MaskingPolicy, models.PROTECT, null=True, related_name="runs")
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.QUEUED)
    progress = models.PositiveIntegerField(_("progress"), default=0)
    step = models.CharField(_("step"), max_length=8, choices=Step, default=Step.WAIT, blank=True)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    lease_until = models.DateTimeField(_("lease until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_parameters = models.JSONField(_("figures of the error"), default=dict)
    result_version = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="made_by_runs"
    )
    exclusions = models.JSONField(_("codes of rows left out"), default=list)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(state__in=sorted(ACTIVE)) & ~models.Q(kind=RunKind.COPY),
                name="preparation_one_active_run",
                violation_error_message=_("Such a run is under way already."),
            ),
            models.CheckConstraint(
                name="preparation_lease_while_running",
                condition=models.Q(state=RunState.RUNNING, lease_until__isnull=False)
                | (~models.Q(state=RunState.RUNNING) & models.Q(lease_until=None)),
            ),
            models.CheckConstraint(
                name="preparation_mask_has_policy",
                condition=models.Q(kind=RunKind.MASK, policy__isnull=False)
                | (~models.Q(kind=RunKind.MASK) & models.Q(policy=None)),
            ),
            models.CheckConstraint(
                name="preparation_progress_of_1000", condition=models.Q(progress__lte=1000)
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_id}"

    @property
    def followed(self) -> MaskingPolicy:
        """Return the policy of a masking run, which always has one."""
        assert self.policy is not None, "the database holds it"
        return self.policy

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        """Whether it ended with what it was asked for."""
        return self.state == RunState.DONE

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will change."""
        return RUN.is_final(self.state)
