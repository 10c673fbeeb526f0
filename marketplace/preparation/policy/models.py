"""Policies by which a dataset is masked, the key of its pseudonyms, and who agreed to what."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import versions
from marketplace.core.records import Record
from marketplace.preparation.column.models import ColumnRole


def without_values(document: dict[str, Any]) -> dict[str, Any]:
    """Return a policy as plain values without the values of the data that its levels list."""
    columns = []
    for rule in document.get("columns", ()):
        options = {
            name: one for name, one in rule.get("options", {}).items() if name != "hierarchy"
        }
        columns.append({**rule, "options": options})
    return {**document, "columns": columns}


class MaskingPolicy(Record):
    """A confirmed policy of a source version; the newest one counts.

    `document` is `desensitize.policy.Policy` as plain values, `digest` the SHA-256 of its canonical
    JSON (RFC 8785).
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="policies")
    document = models.JSONField(_("policy"))
    digest = models.CharField(_("digest"), max_length=64)
    confirmed_by_id = models.UUIDField(_("confirmed by"))

    class Meta:
        verbose_name = _("masking policy")
        verbose_name_plural = _("masking policies")
        ordering = ["-created_at"]

    @property
    def shown(self) -> dict[str, Any]:
        """Return the policy without values of the data."""
        return without_values(self.document)

    def __str__(self) -> str:
        return self.digest[:12]


class DatasetKey(Record):
    """The master key of a dataset's pseudonyms, wrapped by the centre's key-encryption key.

    One key a dataset: the same person gets the same pseudonym in every version of it, and an
    unrelated one in every other dataset.
    """

    dataset = models.OneToOneField(Dataset, models.PROTECT, related_name="pseudonym_key")
    wrapped_key = models.BinaryField()

    class Meta:
        verbose_name = _("pseudonym key")
        verbose_name_plural = _("pseudonym keys")

    def __str__(self) -> str:
        return str(self.dataset_id)


# Columns that an officer takes for less than the detectors do, and who agreed.

LONGEST_REASON = 500


class Relabelling(Record):
    """A column whose class was taken away by a policy, with the reason.

    Kind, confidence and evidence are those of the finding. `digest` is the SHA-256 of what a
    second person confirms: source version, column, both classes, mask with settings and reason.
    The same in the next policy of the version is the same relabelling, of the same writer.
    """

    policy = models.ForeignKey(MaskingPolicy, models.PROTECT, related_name="relabellings")
    position = models.PositiveIntegerField(_("position"))
    column = models.CharField(_("column"), max_length=200)
    found_as = models.CharField(_("found as"), max_length=9, choices=ColumnRole)
    decided_as = models.CharField(_("decided as"), max_length=9, choices=ColumnRole)
    mask = models.CharField(_("mask"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    confidence = models.FloatField(_("confidence"))
    evidence_code = models.CharField(_("evidence"), max_length=30)
    evidence_parameters = models.JSONField(_("figures of the evidence"), default=dict)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    digest = models.CharField(_("digest"), max_length=64)
    written_by_id = models.UUIDField(_("written by"))
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("relabelled column")
        verbose_name_plural = _("relabelled columns")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "column"], name="preparation_relabelled_once"
            ),
            models.CheckConstraint(
                name="preparation_relabelling_has_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}: {self.found_as} → {self.decided_as}"


class Station(models.TextChoices):
    """Who agrees to a relabelling."""

    REVIEWER = "reviewer", _("Content reviewer")
    PUBLISHER = "publisher", _("Publisher")


class RoleConfirmation(Record):
    """A second person agreed to the relabelling with `digest`, by the name of its column.

    `subject` is what was decided with it: the policy for the reviewer, the listing for who
    publishes it.
    """

    digest = models.CharField(_("digest"), max_length=64)
    station = models.CharField(_("confirmed by"), max_length=9, choices=Station)
    subject = models.CharField(_("subject"), max_length=80)
    confirmed_by_id = models.UUIDField(_("person"))

    class Meta:
        verbose_name = _("confirmation of a class")
        verbose_name_plural = _("confirmations of classes")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "station", "subject"], name="preparation_role_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.digest[:12]}"


versions.register(DatasetVersion, "policies")
