"""Budgets of questions, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.delivery.grant.models import Grant
from marketplace.preparation.budget.models import EpsilonField

# What sandboxes have answered, and what that has spent of each budget.


class QuestionBudget(Record):
    """What a grant may spend in a period and has; the row is locked to spend.

    `period` counts the periods since the grant was issued, from 0.
    """

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="question_budget")
    epsilon = EpsilonField(_("ε"))
    spent = EpsilonField(_("ε spent"), default=0)
    period = models.PositiveIntegerField(_("budget period"), default=0)

    class Meta:
        verbose_name = _("budget of a grant")
        verbose_name_plural = _("budgets of grants")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="delivery_budget_never_overspent",
                condition=models.Q(spent__gte=0, spent__lte=models.F("epsilon")),
                violation_error_message=_("The budget does not allow this question."),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.spent} / {self.epsilon}"


class Release(Record):
    """A noisy answer about a version. Whoever asks the same gets the same, and no other noise.

    `digest` is that of question and declaration. Rows are never changed.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="releases")
    digest = models.CharField(_("SHA-256 of the question"), max_length=64)
    question = models.JSONField(_("question"))
    epsilon = EpsilonField(_("ε"))
    is_thresholded = models.BooleanField(_("only large groups"), default=False)
    result = models.JSONField(_("noisy figures"))

    class Meta:
        verbose_name = _("private answer")
        verbose_name_plural = _("private answers")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest", "epsilon"], name="delivery_release_once"
            ),
            models.CheckConstraint(
                name="delivery_release_costs", condition=models.Q(epsilon__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:16]


class Answer(Record):
    """That the buyer of a grant was given a release. Rows are never changed."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="answers")
    release = models.ForeignKey(Release, models.PROTECT, related_name="answers")
    person_id = models.UUIDField(_("person"))
    period = models.PositiveIntegerField(_("budget period"))

    class Meta:
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "release"], name="delivery_answered_once")
        ]

    def __str__(self) -> str:
        return str(self.release)


append_only.register("delivery_release", key=["id", "version_id,digest,epsilon"])
append_only.register("delivery_answer", key=["id", "grant_id,release_id"])
