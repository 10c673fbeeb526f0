"""What was paid for data through the books of this centre."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.appraisal.known_cost.choices import KnownCostKind
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import MoneyField, append_only
from marketplace.core.records import Record


class KnownCost(Record):
    """An amount that was paid to make data, with the thing whose paper proves it.

    `reference` names that thing as the ledger does, so that it is noted once.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="known_costs")
    kind = models.CharField(gettext_lazy("paid for"), max_length=12, choices=KnownCostKind)
    units = models.PositiveIntegerField(gettext_lazy("items"))
    amount = MoneyField(gettext_lazy("amount"))
    currency = models.CharField(gettext_lazy("currency"), max_length=3)
    reference = models.CharField(gettext_lazy("reference"), max_length=80, unique=True)

    class Meta:
        verbose_name = gettext_lazy("known cost of data")
        verbose_name_plural = gettext_lazy("known costs of data")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_known_cost_positive", condition=models.Q(amount__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"

    @property
    def source(self) -> str:
        """Return where the amount comes from, as a line of a valuation says it."""
        return _(
            "Labels of %(number)d items, paid through the books of this centre (%(thing)s)"
        ) % {
            "number": self.units,
            "thing": self.reference,
        }


append_only.register("appraisal_knowncost", key=["id", "reference"])
