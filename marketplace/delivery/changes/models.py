"""What changed for a buyer, kept once it was asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.delivery.grant.models import GivenRevision
from marketplace.vault.models import StoredFile


class RevisionChanges(Record):
    """The rows by which a revision differs from the one that a grant gave before, as a file.

    Of the first revision that a grant gave these are all its rows. Only bought columns and rows
    are in it. `key` names the columns by which updates were told, none where rows were counted.
    """

    given = models.OneToOneField(GivenRevision, models.PROTECT, related_name="changes")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="changes")
    rows = models.BigIntegerField(_("rows"))
    key = models.JSONField(_("key columns"), default=list)

    class Meta:
        verbose_name = _("changes of a revision")
        verbose_name_plural = _("changes of revisions")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.given)
