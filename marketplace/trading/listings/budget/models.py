"""The part of a sandbox's budget that a contract reserves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.preparation.budget.models import EpsilonField
from marketplace.trading.listings.sale.models import TakenSale


class ReservedBudget(Record):
    """What a signed contract promises its buyer of the ε that all may spend on a dataset.

    `spent` is what the buyer has asked for, `learnt` the part of it that bought new answers, and so
    took from all; `ended_at` is when the access ended for good, and the rest was free again.
    """

    sale = models.OneToOneField(TakenSale, models.PROTECT, related_name="reserved_budget")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="+")
    epsilon = EpsilonField(_("ε promised"))
    spent = EpsilonField(_("ε spent"), default=0)
    learnt = EpsilonField(_("ε spent on new answers"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("reserved budget")
        verbose_name_plural = _("reserved budgets")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_reserved_budget_in_order",
                condition=models.Q(learnt__gte=0, spent__gte=models.F("learnt")),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.spent} / {self.epsilon}"
