"""What a profile run found out about each column."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models import DatasetVersion
from marketplace.core.records import Record

SURE, FAIRLY_SURE = 0.85, 0.6
"""How confident detectors are of what is sure, and of what is likely."""


class ColumnRole(models.TextChoices):
    """What a column can do to a person."""

    DIRECT = "direct", _("Direct identifier")
    QUASI = "quasi", _("Quasi-identifier")
    SENSITIVE = "sensitive", _("Sensitive")
    OTHER = "other", _("Not personal")


class ColumnFinding(Record):
    """The profile of a column, and the class that the library proposes for it.

    `profile` is `desensitize.profile.ColumnProfile` as plain values, with what may be shown of a
    column of its class and no more. `kind` is that of a detector, "" where none was recognized.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    profile = models.JSONField(_("profile"))
    role = models.CharField(_("proposed class"), max_length=9, choices=ColumnRole)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    confidence = models.FloatField(_("confidence"))
    evidence_code = models.CharField(_("evidence"), max_length=30)
    evidence_parameters = models.JSONField(_("figures of the evidence"), default=dict)

    class Meta:
        verbose_name = _("column finding")
        verbose_name_plural = _("column findings")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="preparation_finding_name"),
            models.UniqueConstraint(
                fields=["version", "position"], name="preparation_finding_position"
            ),
            models.CheckConstraint(
                name="preparation_finding_confidence",
                condition=models.Q(confidence__gte=0, confidence__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.role}"

    @property
    def is_fairly_sure(self) -> bool:
        """Return whether the class is more than a guess."""
        return self.confidence >= FAIRLY_SURE
