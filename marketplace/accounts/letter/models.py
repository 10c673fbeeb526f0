"""Letters that are still to be sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record


class Letter(Record):
    """One e-mail that somebody is promised; the row goes once it is sent or not needed.

    `subject` names what is written about, such as `notice:<key>`. `due_at` is when the centre asks
    for it again; `taken_by` is who sends it until `taken_until`, so that nobody else does.
    """

    subject = models.CharField(_("subject"), max_length=80, unique=True)
    due_at = models.DateTimeField(_("due at"), db_index=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    taken_by = models.CharField(_("taken by"), max_length=64, blank=True)
    taken_until = models.DateTimeField(_("taken until"), null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["due_at"]

    def __str__(self) -> str:
        return self.subject
