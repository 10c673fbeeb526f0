"""What the values of a column become, level by level, as an officer decided it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models import DatasetVersion
from marketplace.core.records import Record


class ColumnHierarchy(Record):
    """The hierarchy of a column of a source version, in place of one made from its values.

    `rows` holds one list of texts a value: the value, then ever coarser labels (the `rows` of
    `desensitize.privacy.Hierarchy`); `digest` is that of `rows` in canonical form (RFC 8785).
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="hierarchies")
    name = models.CharField(_("column"), max_length=200)
    rows = models.JSONField(_("rows"))
    digest = models.CharField(_("digest"), max_length=64)
    set_by_id = models.UUIDField(_("set by"))

    class Meta:
        verbose_name = _("hierarchy")
        verbose_name_plural = _("hierarchies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="preparation_one_hierarchy"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
