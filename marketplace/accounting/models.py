"""Costs of data, and how they were recognized."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.states import RecognitionState
from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import MoneyField, append_only
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import excuse
from marketplace.core.records import Record

# What data has cost, voucher by voucher. Rows are reversed, never changed or deleted.


@named_in_api()
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


# Decisions on what data is in the books, and what was written down since.


@named_in_api()
class UseOfData(models.TextChoices):
    OWN_USE = "own_use", _("Used by the organization itself")
    FOR_SALE = "for_sale", _("Held for sale in the ordinary course of business")
    NEITHER = "neither", _("Neither")


class Origin(models.TextChoices):
    """How the data came to the organization."""

    BOUGHT = "bought", _("Bought, contributed or granted")
    SELF_DEVELOPED = "self_developed", _("Developed by the organization itself")


@named_in_api("BookingCategory")
class Category(models.TextChoices):
    """What data is in the books."""

    INTANGIBLE = "intangible", _("Intangible asset")
    INVENTORY = "inventory", _("Inventory")
    DISCLOSED_ONLY = "disclosed_only", _("Disclosed only")


class Recognition(Record):
    """Whether and as what data is booked, by the questions of a standard.

    `answers` maps each question to whether it is met and the evidence. `carrying` is the sum of
    those `entries`, vouchers all, that the standard capitalizes; no other figure leads to it.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="recognitions", verbose_name=_("organization")
    )
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="recognitions", verbose_name=_("dataset")
    )
    entries = models.ManyToManyField(CostEntry, related_name="recognitions")
    profile = models.CharField(_("accounting standard"), max_length=20)
    purpose = models.CharField(_("what the data is for"), max_length=10, choices=UseOfData)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin)
    answers = models.JSONField(_("answers"))
    category = models.CharField(_("booked as"), max_length=16, choices=Category)
    carrying = MoneyField(_("booked cost"))
    expensed = MoneyField(_("expensed"))
    currency = models.CharField(_("currency"), max_length=3)
    ready_on = models.DateField(_("ready for use on"))
    life_months = models.PositiveIntegerField(_("useful life in months"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RecognitionState, default=RecognitionState.SUBMITTED
    )
    submitted_by_id = models.UUIDField(_("submitted by"), null=True)
    approved_by_id = models.UUIDField(_("approved by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("recognition decision")
        verbose_name_plural = _("recognition decisions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(state=RecognitionState.IN_FORCE),
                name="accounting_one_recognition_in_force",
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(state=RecognitionState.SUBMITTED),
                name="accounting_one_recognition_submitted",
                violation_error_message=_("A decision on this data waits for a second person."),
            ),
            models.CheckConstraint(
                name="accounting_recognition_four_eyes",
                condition=models.Q(approved_by_id=None)
                | ~models.Q(approved_by_id=models.F("submitted_by_id")),
                violation_error_message=_("Who submits does not decide."),
            ),
            models.CheckConstraint(
                name="accounting_only_assets_are_carried",
                condition=~models.Q(category=Category.DISCLOSED_ONLY) | models.Q(carrying=0),
                violation_error_message=_("What is disclosed only has no carrying amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.category}"


class Impairment(Record):
    """A test of what a booked asset is still worth; a loss below zero is a reversal."""

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="impairments")
    tested_on = models.DateField(_("tested on"))
    recoverable = MoneyField(_("recoverable amount"))
    loss = MoneyField(_("loss"))
    voucher = models.CharField(_("voucher"), max_length=60)

    class Meta:
        verbose_name = _("impairment")
        verbose_name_plural = _("impairments")
        ordering = ["tested_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recognition", "voucher"], name="accounting_impairment_voucher_once"
            ),
            models.CheckConstraint(
                name="accounting_recoverable_not_negative",
                condition=models.Q(recoverable__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.loss}"


append_only.register("accounting_impairment", key=["id", "recognition_id,voucher"])


excuse(
    Recognition,
    {"an entry that an organization is proposed for its own books": ["carrying", "expensed"]},
)
