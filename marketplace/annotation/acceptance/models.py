"""What was found of batches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.batch.models import Batch
from marketplace.core import append_only
from marketplace.core.records import Record


class Inspection(Record):
    """A sample of a batch that was looked at: of `lot` labels `sampled`, `wrong` of them wrong.

    Accepted is a batch with at most `accept` wrong ones, as the plan for its lot says.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="inspections")
    round = models.PositiveSmallIntegerField(_("round"))
    lot = models.PositiveSmallIntegerField(_("labels of the batch"))
    sampled = models.PositiveSmallIntegerField(_("labels looked at"))
    accept = models.PositiveSmallIntegerField(_("wrong ones allowed"))
    wrong = models.JSONField(_("places of the wrong ones"), default=list)
    is_accepted = models.BooleanField(_("accepted"))
    inspected_by_id = models.UUIDField(_("inspected by"))

    class Meta:
        verbose_name = _("inspection of a batch")
        verbose_name_plural = _("inspections of batches")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "round"], name="annotation_inspection_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.round}"


append_only.register("annotation_inspection", key=["id", "batch_id,round"])
