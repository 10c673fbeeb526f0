"""Cases that a second person decides, and the documents that organizations are verified by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.review.states import CaseState
from marketplace.vault.models import StoredFile


@named_in_api()
class CaseKind(models.TextChoices):
    CONTENT = "content", _("Content review")
    ROLES = "roles", _("Relabelled columns")
    RIGHT = "right", _("Confirmation of rights")
    VALUATION = "valuation", _("Valuation")
    CEILING = "ceiling", _("Price ceiling")
    LISTING = "listing", _("Listing")
    BOOKING = "booking", _("Booking")


class OrganizationDocument(Record):
    """A document by which an organization is verified, as it was attached: none is changed."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="attached")
    kind = models.CharField(_("kind"), max_length=14, choices=OrganizationDocumentKind)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="shows_organization")
    attached_by_id = models.UUIDField(_("attached by"))

    class Meta:
        verbose_name = _("document of an organization")
        verbose_name_plural = _("documents of organizations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file}"


class Case(Record):
    """One question to a second person: may this go on?"""

    kind = models.CharField(_("kind"), max_length=10, choices=CaseKind)
    subject = models.CharField(_("subject"), max_length=80)
    organization_id = models.UUIDField(_("organization"))
    submitted_by_id = models.UUIDField(_("submitted by"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    checklist = models.JSONField(_("checklist"), default=list)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state=CaseState.OPEN),
                name="review_one_open_case",
            ),
            models.CheckConstraint(
                name="review_four_eyes",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("submitted_by_id")),
                violation_error_message=_("Who submits does not decide."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
