"""Looks at the raw values of a version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record

# Who looked at raw rows, at which, and why.


@named_in_api()
class LookReason(models.TextChoices):
    """Why somebody opens raw rows."""

    MASKS = "masks", _("To see what masks make of the values")
    LEVELS = "levels", _("To set the levels of a column")
    ROLES = "roles", _("To confirm what a column is")
    FAULT = "fault", _("To find a fault in the data")
    OTHER = "other", _("For another reason, which I write below")


class Look(Record):
    """A person opened raw values of a source version, for a short time and with a reason.

    `columns` are those that are shown, by name: all of a few rows, or one with all its values.
    `rows` is of how many rows values are shown at most.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="looks")
    person_id = models.UUIDField(_("person"))
    columns = models.JSONField(_("opened columns"), default=list)
    is_whole_column = models.BooleanField(_("all values of a column"), default=False)
    rows = models.BigIntegerField(_("rows"))
    reason = models.CharField(_("reason"), max_length=6, choices=LookReason)
    note = models.CharField(_("in their words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("look at raw rows")
        verbose_name_plural = _("looks at raw rows")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["version", "person_id", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                name="preparation_other_reason_is_written",
                condition=~models.Q(reason=LookReason.OTHER) | ~models.Q(note=""),
                violation_error_message=_("Write for which reason you look."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reason}"
