"""What was found in the columns of a version, and the levels of their values."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import versions
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record

# What a profile run found out about each column.

SURE, FAIRLY_SURE = 0.85, 0.6
"""How confident detectors are of what is sure, and of what is likely."""


@named_in_api()
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
    `key_with` is the column with which this one tells each row from every other, "" for none.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="findings")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    profile = models.JSONField(_("profile"))
    role = models.CharField(_("proposed class"), max_length=9, choices=ColumnRole)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    key_with = models.CharField(_("key together with"), max_length=200, blank=True, default="")
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


# What the values of a column become, level by level, as an officer decided it.


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


versions.register(DatasetVersion, "hierarchies")
versions.leave_out(ColumnHierarchy, "rows")
