"""Who was shown which rows of a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.core import append_only
from marketplace.core.records import Record


class RowLook(Record):
    """Rows of a project were shown to somebody who is no annotator of it."""

    project = models.ForeignKey(LabellingProject, models.PROTECT, related_name="row_looks")
    rows = models.JSONField(_("rows"))
    person_id = models.UUIDField(_("person"), null=True)

    class Meta:
        verbose_name = _("look at rows")
        verbose_name_plural = _("looks at rows")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.project} {self.created_at}"


append_only.register("annotation_rowlook", key=["id"])
