"""What data has cost, voucher by voucher. Rows are reversed, never changed or deleted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.models import Dataset
from marketplace.core import append_only
from marketplace.core.money import MoneyField
from marketplace.core.records import Record


class CostKind(models.TextChoices):
    """Which cost it is, as 财会〔2023〕11号 tells them apart."""

    PRICE = "price", _("Purchase price")
    TAX = "tax", _("Non-deductible tax")
    PROCESSING = "processing", _("Desensitizing, cleaning, labelling, integrating, analysing")
    ATTESTATION = "attestation", _("Attestation of rights")
    QUALITY_EVALUATION = "quality_evaluation", _("Quality evaluation")
    REGISTRATION = "registration", _("Registration and settlement")
    SECURITY = "security", _("Security management")
    DEVELOPMENT_QUALIFIED = "development_qualified", _("Development, all conditions met")
    DEVELOPMENT_UNQUALIFIED = "development_unqualified", _("Development, conditions not met")
    RESEARCH = "research", _("Research")
    TRAINING = "training", _("Training")
    MARKETING = "marketing", _("Marketing")
    CONTRIBUTION = "contribution", _("Contribution by an owner, at its agreed value")
    GRANT_IN_KIND = "grant_in_kind", _("Grant in kind, at its fair value")


CAPITALIZED = frozenset(
    {
        CostKind.PRICE,
        CostKind.TAX,
        CostKind.PROCESSING,
        CostKind.ATTESTATION,
        CostKind.QUALITY_EVALUATION,
        CostKind.REGISTRATION,
        CostKind.SECURITY,
        CostKind.DEVELOPMENT_QUALIFIED,
        CostKind.CONTRIBUTION,
        CostKind.GRANT_IN_KIND,
    }
)
"""The kinds that may become part of an asset; the others are expensed.

A contribution and a grant in kind are the only fair values here, each with a voucher of its own:
the agreement of the owners, the document of the grant. No kind takes an appraised value.
"""


class CostEntry(Record):
    """One amount of one voucher; a reversal names the entry that it takes back."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="cost_entries")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="cost_entries")
    kind = models.CharField(_("kind"), max_length=24, choices=CostKind)
    incurred_on = models.DateField(_("incurred on"))
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    voucher = models.CharField(_("voucher"), max_length=60)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("reverses")
    )

    class Meta:
        verbose_name = _("cost entry")
        verbose_name_plural = _("cost entries")
        ordering = ["incurred_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounting_cost_positive", condition=models.Q(amount__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.amount} {self.currency}"


append_only.register("accounting_costentry", key=["id"])
