"""Persons whose rows are left out, as codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.core.records import Record

# Whose rows no version holds any more: by codes that nobody can read.


class Exclusion(Record):
    """Rows with this code of an identifier leave every version that is made from now on.

    `code` is that of `desensitize.persons` under a key of the dataset. `cause`, written `kind:id`,
    is what asked for it; where that comes to nothing the row is deleted.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="exclusions")
    code = models.CharField(_("keyed code"), max_length=32)
    cause = models.CharField(_("asked for by"), max_length=80)

    class Meta:
        verbose_name = _("exclusion of a person")
        verbose_name_plural = _("exclusions of persons")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "code", "cause"], name="preparation_excluded_once"
            ),
        ]

    def __str__(self) -> str:
        return self.cause
