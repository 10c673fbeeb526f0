"""Valuations on record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.appraisal.models.methods import Method
from marketplace.appraisal.states import UNDECIDED, AppraisalState
from marketplace.catalog.models import Dataset, DatasetVersion
from marketplace.core.money import MoneyField
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.rights.certificate.models import Certificate


class Purpose(models.TextChoices):
    """What a valuation is for."""

    TRADE = "trade", _("Reference for a listing price")
    MANAGEMENT = "management", _("Internal management")
    DISCLOSURE = "disclosure", _("Disclosure beside the accounts")


class Appraisal(Record):
    """What a desensitized version is worth to whoever holds the right, as a reference value.

    `inputs` and `result` are those of the one approach, or of the reconciliation of several, as
    `valuation` takes and gives them: enough to compute the same cents again. The value lies between
    `low` and `high`, which differ where several approaches do. `result_digest` is the SHA-256 of
    what `documents.document_of` answers: the figure with every approach behind it.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="appraisals")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="appraisals")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="appraisals")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="appraisals", verbose_name=_("organization")
    )
    method = models.CharField(_("method"), max_length=20, choices=Method)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    inputs = models.JSONField(_("inputs"))
    result = models.JSONField(_("result"))
    result_digest = models.CharField(_("digest of the result"), max_length=64)
    library_version = models.CharField(_("version of the library"), max_length=20)
    amount = MoneyField(_("value"))
    low = MoneyField(_("lowest value"))
    high = MoneyField(_("highest value"))
    currency = models.CharField(_("currency"), max_length=3)
    valued_on = models.DateField(_("valuation date"))
    valid_until = models.DateField(_("valid until"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AppraisalState, default=AppraisalState.DRAFT
    )
    submitted_by_id = models.UUIDField(_("submitted by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    credential = models.ForeignKey(Credential, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state=AppraisalState.IN_FORCE),
                name="appraisal_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state__in=UNDECIDED),
                name="appraisal_one_undecided",
                violation_error_message=_("There is an unfinished valuation already."),
            ),
            models.CheckConstraint(
                name="appraisal_amount_not_negative",
                condition=models.Q(amount__gte=0),
                violation_error_message=_("A value is not negative."),
            ),
            models.CheckConstraint(
                name="appraisal_amount_in_range",
                condition=models.Q(low__lte=models.F("amount"), high__gte=models.F("amount")),
                violation_error_message=_("The value lies in its range."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.valued_on}"
