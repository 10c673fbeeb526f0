"""What a run found that only looks and makes nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.preparation.models.runs import Run


class Study(Record):
    """A question that a run answers, frozen when it was asked, and the answer.

    `question` and `answer` are those of `preparation.questions`; `digest` is that of the question
    in canonical form (RFC 8785). `answer` is empty until the run is done, and holds no cell of a
    source.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="study")
    question = models.JSONField(_("question"))
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.digest[:12]
