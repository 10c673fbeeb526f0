"""The assessment of what a version on sale does to persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.trading.listings.assessment.states import AssessmentState

LONGEST_TEXT = 2000


class ImpactAssessment(Record):
    """What an officer assessed of a version, by one policy; an approved one never changes.

    `cases` holds codes of `ImpactCase`. The record is kept until `kept_until` at least: three years
    (Personal Information Protection Law, article 56).
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="assessments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    policy_digest = models.CharField(_("digest of the policy"), max_length=64)
    cases = models.JSONField(_("cases of the law"), default=list)
    purpose = models.CharField(_("purpose and way of processing"), max_length=LONGEST_TEXT)
    necessity = models.CharField(_("why it is lawful and necessary"), max_length=LONGEST_TEXT)
    risks = models.CharField(_("influence on persons and risks"), max_length=LONGEST_TEXT)
    measures = models.CharField(_("measures, and whether they suffice"), max_length=LONGEST_TEXT)
    state = models.CharField(
        _("state"), max_length=8, choices=AssessmentState, default=AssessmentState.MADE
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    made_by_id = models.UUIDField(_("made by"))
    approved_by_id = models.UUIDField(_("approved by"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    kept_until = models.DateField(_("kept until"), null=True)

    class Meta:
        verbose_name = _("impact assessment")
        verbose_name_plural = _("impact assessments")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_assessment_four_eyes",
                condition=models.Q(approved_by_id=None)
                | ~models.Q(approved_by_id=models.F("made_by_id")),
                violation_error_message=_("Who made the assessment does not approve it."),
            ),
            models.CheckConstraint(
                name="listings_assessment_approved_whole",
                condition=~models.Q(state=AssessmentState.APPROVED)
                | models.Q(
                    approved_by_id__isnull=False,
                    approved_at__isnull=False,
                    kept_until__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=~models.Q(state=AssessmentState.RETURNED),
                name="listings_one_assessment_of_version",
                violation_error_message=_("The impact of this version is assessed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.state}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (
            f"version:{self.version_id}",
            f"dataset:{self.version.dataset_id}",
            f"organization:{self.organization_id}",
        )
