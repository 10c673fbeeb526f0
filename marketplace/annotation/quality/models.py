"""What models found of the labels of a project."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.core import clock
from marketplace.core.records import Record


class LabelComparison(Record):
    """Which labels of a project are likely wrong, by the newest comparison of those that count.

    `labels_sha256` is that of what was compared (see `likely.CountedLabels`). `found` has by item
    the class that it is labelled as, the one that is likelier, and how sure the models are, in
    percent; None where there was too little to compare.
    """

    project = models.OneToOneField(
        LabellingProject, models.PROTECT, related_name="label_comparison"
    )
    compared_at = models.DateTimeField(_("compared at"), default=clock.now)
    labels_sha256 = models.CharField(_("SHA-256 of the labels"), max_length=64)
    items = models.PositiveIntegerField(_("items"))
    found: models.JSONField[Any, Any] = models.JSONField(_("likely wrong"), null=True)

    class Meta:
        verbose_name = _("comparison of labels")
        verbose_name_plural = _("comparisons of labels")
        ordering = ["-compared_at"]

    def __str__(self) -> str:
        return f"{self.project} {self.compared_at}"
