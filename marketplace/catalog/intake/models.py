"""Files that came, until their tables are taken."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.intake.states import IntakeState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.vault.models import StoredFile


class Intake(Record):
    """A file that came for a dataset: nothing of it counts before its table is taken.

    `file` holds its bytes and `seen` what was seen of them, encrypted since that shows values; both
    are destroyed once it is closed. `reading` is how its table is read (see
    `desensitize.tables.Reading`), and holds names and numbers alone, `said` what was
    said of its columns so far. `differs` is what its values say of columns that the table before
    does not have so (see `version.comparing.Values`). `version` is what it became.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="intakes")
    name = models.CharField(_("name of the upload"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the upload"), max_length=64)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="intake")
    seen = models.OneToOneField(StoredFile, models.PROTECT, related_name="intake_seen")
    reading: models.JSONField[Any, Any] = models.JSONField(_("how it is read"), default=dict)
    said: models.JSONField[Any, Any] = models.JSONField(_("said of its columns"), default=list)
    differs: models.JSONField[Any, Any] = models.JSONField(
        _("what the values say of other columns"), default=dict
    )
    state = models.CharField(
        _("state"), max_length=7, choices=IntakeState, default=IntakeState.WAITING
    )
    sent_by_id = models.UUIDField(_("sent by"))
    expires_at = models.DateTimeField(_("to be taken by"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, null=True, related_name="intakes")

    class Meta:
        verbose_name = _("file that came")
        verbose_name_plural = _("files that came")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(state=IntakeState.WAITING),
                name="catalog_intake_one_waits",
            ),
            models.CheckConstraint(
                name="catalog_intake_has_a_version_once_taken",
                condition=models.Q(state=IntakeState.TAKEN, version__isnull=False)
                | (~models.Q(state=IntakeState.TAKEN) & models.Q(version=None)),
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return self.name
