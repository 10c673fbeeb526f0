"""What was made of the labels of a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import MoneyField, append_only
from marketplace.core.records import Record


class LabelledSet(Record):
    """A dataset of the items of a project whose label is known, each with its label.

    `cost` is what was paid for the labels by then.
    """

    project = models.OneToOneField(LabellingProject, models.PROTECT, related_name="labelled_set")
    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="labelled_set")
    items = models.PositiveIntegerField(_("items"))
    cost = MoneyField(_("paid for the labels"))
    made_by_id = models.UUIDField(_("made by"))

    class Meta:
        verbose_name = _("labelled set")
        verbose_name_plural = _("labelled sets")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.version)


append_only.register("annotation_labelledset", key=["id", "project_id", "version_id"])
