"""Decisions where annotators disagree, or a label is doubted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import Item
from marketplace.core import append_only
from marketplace.core.records import Record


class Doubt(Record):
    """Somebody doubts the label of an item though nobody disagrees: it is to be decided on."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="doubt")
    raised_by_id = models.UUIDField(_("raised by"))

    class Meta:
        verbose_name = _("doubt about a label")
        verbose_name_plural = _("doubts about labels")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.item)


append_only.register("annotation_doubt", key=["id", "item_id"])


class Arbitration(Record):
    """What an item is, as was decided where annotators said several things of it."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="arbitration")
    answer = models.JSONField(_("answer"))
    decided_by_id = models.UUIDField(_("decided by"))

    class Meta:
        verbose_name = _("decision on an item")
        verbose_name_plural = _("decisions on items")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.item)


append_only.register("annotation_arbitration", key=["id", "item_id"])
