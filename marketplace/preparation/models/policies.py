"""What an officer decided to do with each column, and the key of a dataset's pseudonyms."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models import Dataset, DatasetVersion
from marketplace.core.records import Record


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
