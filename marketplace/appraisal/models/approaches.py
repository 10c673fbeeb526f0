"""The approaches behind a valuation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.models.appraisals import Appraisal
from marketplace.appraisal.models.methods import BESIDE, Method
from marketplace.core.money import MoneyField
from marketplace.core.records import Record


class Approach(Record):
    """One way to the value, with its inputs and everything to compute it again.

    `weight` is its share in the value, from 0 to 1, and `reason` says why. A figure that is shown
    beside the value and never counts towards it has no weight.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="approaches")
    position = models.PositiveIntegerField(_("position"))
    method = models.CharField(_("method"), max_length=20, choices=Method)
    inputs = models.JSONField(_("inputs"))
    result = models.JSONField(_("result"))
    library_version = models.CharField(_("version of the library"), max_length=20)
    amount = MoneyField(_("value"))
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=6, null=True)
    reason = models.CharField(_("reason for the weight"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        ordering = ["appraisal", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "method"],
                name="appraisal_approach_once",
                violation_error_message=_("A valuation takes each approach once."),
            ),
            models.CheckConstraint(
                name="appraisal_approach_weight_is_share",
                condition=models.Q(weight=None, method__in=BESIDE)
                | models.Q(weight__gte=0, weight__lte=1) & ~models.Q(method__in=BESIDE),
                violation_error_message=_("A weight is from 0 to 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_method_display()
