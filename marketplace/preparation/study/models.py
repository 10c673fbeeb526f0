"""What runs that only look were asked, and what they found."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.preparation.policy.models import without_values
from marketplace.preparation.run.models import Run

# What a run found that only looks and makes nothing.


def question_without_values(question: dict[str, Any]) -> dict[str, Any]:
    """Return the question of a study with its policies as `without_values` leaves them."""
    told = dict(question)
    if "policy" in told:
        told["policy"] = without_values(told["policy"])
    if "masked" in told:
        told["masked"] = [
            {**one, "policy": without_values(one["policy"])} for one in told["masked"]
        ]
    return told


class Study(Record):
    """A question that a run answers, frozen when it was asked, and the answer.

    `question` and `answer` are those of `preparation.study.questions`; `digest` is that of the
    question in canonical form (RFC 8785). `answer` is empty until the run is done, and holds no
    cell of a source.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="study")
    question = models.JSONField(_("question"))
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["-created_at"]

    @property
    def asked(self) -> dict[str, Any]:
        """Return the question without values of the data."""
        return question_without_values(self.question)

    def __str__(self) -> str:
        return self.digest[:12]
