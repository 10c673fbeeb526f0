"""Days whose books are closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.records import Record


class DayClosing(Record):
    """A day whose books are closed: the database takes no posting before `closed_until` any more.

    `totals` holds what moved and what stood on each account, `digest` the SHA-256 of its canonical
    JSON.
    """

    day = models.DateField(_("day"), unique=True)
    closed_until = models.DateTimeField(_("closed until"))
    totals = models.JSONField(_("totals"))
    digest = models.CharField(_("SHA-256 of the totals"), max_length=64)
    transfers = models.PositiveIntegerField(_("transfers"))
    closed_by_id = models.UUIDField(_("closed by"))

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()


append_only.register("treasury_dayclosing", key=["id", "day"])

append_only.require("books_transfer", "books_transfer_of_an_open_day")
