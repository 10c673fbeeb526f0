"""Drafts of long forms, each of one person alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record


class FormDraft(Record):
    """The fields of a form as a person left them; `place` is whose form it is, `policy:<key>`."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="form_drafts")
    place = models.CharField(_("form"), max_length=80)
    fields = models.JSONField(_("fields"))
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="accounts_one_form_draft"),
        ]

    def __str__(self) -> str:
        return self.place
