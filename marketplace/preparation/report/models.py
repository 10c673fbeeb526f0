"""Risk reports: a verdict and the figures that it stands on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.states import ReportState
from marketplace.preparation.run.models import Run

# The risk that remains in a masked version, as measured on its bytes.


@named_in_api()
class Verdict(models.TextChoices):
    """What a masked version is, by `desensitize.attacks.verdict`, or what was found of a model."""

    NO_PERSONAL_INFORMATION = "no-personal-information", _("No personal information")
    ANONYMOUS = "anonymous", _("Anonymous")
    DE_IDENTIFIED = "de-identified", _("De-identified: still personal information")
    NOT_MEASURED = "not-measured", _("Not measured")
    MEMBERS_HIDDEN = "members-hidden", _("Model: membership within the bound")


class RiskReport(Record):
    """What was measured on the written file whose digest is `sha256`, and what the centre asks.

    `figures` and `thresholds` are those of `preparation.report.measurement`; `failures` holds
    the codes of what did not pass and is empty where `passed`. `judgement` is what the
    attackers made of it, `desensitize.attacks.verdict.Judgement` as plain values, and `verdict`
    its outcome. `relabelled` has for each column whose class was taken away its name, the
    digest of its relabelling, and whether a reviewer had confirmed it. `valid_until` is the
    last day on which it counts. `recall` says why the centre took its verdict back, where it
    did: then every trade that rests on it is undone, which is not so where its own officers
    withdrew it. Of a trained model it says how well attackers could tell who was trained on; it has
    no `run`, and its credential is the model's.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="risk_reports")
    run = models.OneToOneField(Run, models.PROTECT, null=True, related_name="risk_report")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="risk_reports")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    figures = models.JSONField(_("figures"))
    thresholds = models.JSONField(_("thresholds"))
    failures = models.JSONField(_("failures"), default=list)
    passed = models.BooleanField(_("passed"))
    relabelled = models.JSONField(_("relabelled columns"), default=list)
    quasi_identifiers = models.JSONField(_("quasi-identifiers"), default=list)
    verdict = models.CharField(_("verdict"), max_length=24, choices=Verdict)
    judgement = models.JSONField(_("judgement"))
    measured_at = models.DateTimeField(_("measured at"))
    valid_until = models.DateField(_("valid until"))
    credential = models.OneToOneField(
        Credential, models.PROTECT, null=True, related_name="risk_report"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.IN_FORCE
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    recall = models.CharField(_("recalled"), max_length=16, choices=RecallCause, blank=True)

    class Meta:
        verbose_name = _("risk report")
        verbose_name_plural = _("risk reports")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(state=ReportState.IN_FORCE),
                name="preparation_one_report_in_force",
            ),
            models.CheckConstraint(
                name="preparation_passed_without_failures",
                condition=models.Q(passed=True, failures=[])
                | (models.Q(passed=False) & ~models.Q(failures=[])),
                violation_error_message=_("A report passes when nothing failed, and only then."),
            ),
            models.CheckConstraint(
                name="preparation_recalled_is_withdrawn",
                condition=models.Q(recall="") | models.Q(state=ReportState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="preparation_report_of_run_or_model",
                condition=models.Q(verdict=Verdict.MEMBERS_HIDDEN, run=None, passed=True)
                | (~models.Q(verdict=Verdict.MEMBERS_HIDDEN) & models.Q(run__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_of_model(self) -> bool:
        """Whether it is about a trained model and no table."""
        return self.verdict == Verdict.MEMBERS_HIDDEN

    @property
    def measured_by(self) -> Run:
        """Return the run that measured a table, which always has one."""
        assert self.run is not None, "the database holds it"
        return self.run

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else an entry about it concerns."""
        of_run = (
            () if self.run is None else (f"version:{self.run.version_id}", f"run:{self.run.pk}")
        )
        return (
            f"version:{self.version_id}",
            *of_run,
            f"dataset:{self.version.dataset_id}",
            f"organization:{self.organization_id}",
        )
