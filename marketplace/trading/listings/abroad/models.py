"""A security assessment that an authority passed for one buyer from abroad."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.models import Dataset
from marketplace.core.records import Record


class SecurityAssessment(Record):
    """The centre saw that the authority let important data of a dataset go to a buyer abroad."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="security_assessments")
    buyer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    reference = models.CharField(_("reference of the authority"), max_length=100)
    valid_until = models.DateField(_("valid until"))
    recorded_by_id = models.UUIDField(_("recorded by"))

    class Meta:
        verbose_name = _("security assessment of an export")
        verbose_name_plural = _("security assessments of exports")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "buyer", "reference"],
                name="listings_security_assessment_once",
                violation_error_message=_("This assessment is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
