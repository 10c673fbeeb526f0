"""Runs, and how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.choices import named_in_api
from marketplace.jobs.models import Job
from marketplace.jobs.states import ACTIVE
from marketplace.preparation.policy.models import MaskingPolicy

# Long work on a version, recorded step by step.


@named_in_api()
class RunKind(models.TextChoices):
    PROFILE = "profile", _("Profile and classify")
    MASK = "mask", _("Desensitize and measure")
    TRADEOFF = "tradeoff", _("Compare risk and loss")
    COMPARE = "compare", _("Compare versions")
    COPY = "copy", _("Write a copy for a recipient")
    COMPOSE = "compose", _("Try with earlier releases of the same people")


STUDIES = frozenset({RunKind.TRADEOFF.value, RunKind.COMPARE.value})
"""The runs that only look: they answer a question and make no version."""


@named_in_api()
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


class Run(Job):
    """Long work on a version.

    `exclusions` are the codes of persons whose rows a masking run left out: with them it is known
    which rows it read.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=RunKind)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="runs")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="runs")
    policy = models.ForeignKey(MaskingPolicy, models.PROTECT, null=True, related_name="runs")
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    step = models.CharField(_("step"), max_length=8, choices=Step, default=Step.WAIT, blank=True)
    result_version = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="made_by_runs"
    )
    exclusions = models.JSONField(_("codes of rows left out"), default=list)

    class Meta(Job.Meta):
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(state__in=sorted(ACTIVE)) & ~models.Q(kind=RunKind.COPY),
                name="preparation_one_active_run",
                violation_error_message=_("Such a run is under way already."),
            ),
            models.CheckConstraint(
                name="preparation_mask_has_policy",
                condition=models.Q(kind=RunKind.MASK, policy__isnull=False)
                | (~models.Q(kind=RunKind.MASK) & models.Q(policy=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version_id}"

    @property
    def followed(self) -> MaskingPolicy:
        """Return the policy of a masking run, which always has one."""
        assert self.policy is not None, "the database holds it"
        return self.policy
