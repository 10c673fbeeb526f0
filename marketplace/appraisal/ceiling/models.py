"""Price ceilings of public data, and their accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.appraisal.ceiling.states import UNDECIDED, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import MoneyField, append_only
from marketplace.core.frozen import excuse
from marketplace.core.records import Record


class PriceCeiling(Record):
    """The most that public data may earn in a period, and so the most that one licence may cost.

    The maximum is operating cost, permitted profit and tax. `deducted` is what the period before
    earned above its own maximum; `price` follows from what is left and the licences expected.
    `ended_on` is the last day on which a closed ceiling held, before its first day if it never did.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="ceilings")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="ceilings", verbose_name=_("organization")
    )
    period_from = models.DateField(_("first day"))
    period_until = models.DateField(_("last day"))
    ended_on = models.DateField(_("ended on"), null=True)
    operating_cost = MoneyField(_("operating cost"))
    operating_cost_source = models.CharField(_("source of the operating cost"), max_length=200)
    profit_rate = models.DecimalField(_("permitted profit rate"), max_digits=9, decimal_places=6)
    permitted_profit = MoneyField(_("permitted profit"))
    tax = MoneyField(_("tax"))
    tax_source = models.CharField(_("source of the tax"), max_length=200)
    maximum_revenue = MoneyField(_("maximum revenue"))
    expected_units = models.PositiveIntegerField(_("licences expected"))
    expected_units_source = models.CharField(_("source of the licences expected"), max_length=200)
    deducted = MoneyField(_("deducted"), default=0)
    price = MoneyField(_("price ceiling"))
    currency = models.CharField(_("currency"), max_length=3)
    library_version = models.CharField(_("version of the library"), max_length=20)
    state = models.CharField(
        _("state"), max_length=10, choices=CeilingState, default=CeilingState.DRAFT
    )
    submitted_by_id = models.UUIDField(_("submitted by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("price ceiling")
        verbose_name_plural = _("price ceilings")
        ordering = ["-period_from", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state__in=UNDECIDED),
                name="appraisal_ceiling_one_undecided",
                violation_error_message=_("There is an unfinished price ceiling already."),
            ),
            models.UniqueConstraint(
                fields=["dataset", "period_from"],
                condition=models.Q(state=CeilingState.IN_FORCE),
                name="appraisal_ceiling_period_once",
                violation_error_message=_("There is a price ceiling for this period already."),
            ),
            models.CheckConstraint(
                name="appraisal_ceiling_period_forwards",
                condition=models.Q(period_until__gte=models.F("period_from")),
                violation_error_message=_("A period ends after it begins."),
            ),
            models.CheckConstraint(
                name="appraisal_ceiling_not_negative",
                condition=models.Q(
                    operating_cost__gte=0,
                    tax__gte=0,
                    deducted__gte=0,
                    price__gte=0,
                    profit_rate__gte=0,
                ),
                violation_error_message=_("The figures of a price ceiling are not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.period_from} – {self.period_until}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (f"dataset:{self.dataset_id}", f"organization:{self.organization_id}")


class CeilingIncome(Record):
    """The income of one settled trade under a ceiling; `source` is the order. Never changed."""

    ceiling = models.ForeignKey(PriceCeiling, models.PROTECT, related_name="incomes")
    source = models.UUIDField(_("order"), unique=True)
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    settled_on = models.DateField(_("settled on"))

    class Meta:
        verbose_name = _("income under a price ceiling")
        verbose_name_plural = _("incomes under price ceilings")
        ordering = ["settled_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_ceiling_income_positive", condition=models.Q(amount__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class CeilingCarry(Record):
    """Income above the maximum of one period that the next must do without. Never changed.

    `number` counts what `from_ceiling` has carried, from 1: no part of an excess goes twice.
    """

    from_ceiling = models.ForeignKey(PriceCeiling, models.PROTECT, related_name="carried")
    to_ceiling = models.ForeignKey(PriceCeiling, models.PROTECT, related_name="received")
    number = models.PositiveIntegerField(_("number"))
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        verbose_name = _("excess carried")
        verbose_name_plural = _("excesses carried")
        ordering = ["from_ceiling", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_ceiling", "number"], name="appraisal_ceiling_carry_once"
            ),
            models.CheckConstraint(
                name="appraisal_ceiling_carry_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="appraisal_ceiling_carry_onwards",
                condition=~models.Q(from_ceiling=models.F("to_ceiling")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


append_only.register("appraisal_ceilingincome", key=["id", "source"])
append_only.register("appraisal_ceilingcarry", key=["id", "from_ceiling_id,number"])


excuse(
    PriceCeiling,
    {
        "how much may be charged; what is charged, contracts keep, which are bound": [
            *("operating_cost", "permitted_profit", "tax", "maximum_revenue", "deducted", "price")
        ]
    },
)
