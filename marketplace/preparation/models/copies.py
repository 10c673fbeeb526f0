"""Copies of a masked version for one recipient each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.preparation.models.runs import Run
from marketplace.vault.models import StoredFile


class Copy(Record):
    """A part of a masked version, or all of it, that a run writes for one recipient and measures.

    `asked_for` is the one thing that needs it, written `kind:id`. `projection` says which columns
    and rows, as `catalog.projections` reads it; `is_marked` asks for pseudonyms that no other
    recipient has. The rest is empty until the run is done: what was measured on the written file,
    whose digest is `sha256`, and the file itself where it passed.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="copy")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="copies")
    asked_for = models.CharField(_("asked for"), max_length=80, unique=True)
    projection = models.JSONField(_("columns and rows"), default=dict)
    is_marked = models.BooleanField(_("marked for its recipient"), default=False)
    marked_columns = models.JSONField(_("marked columns"), default=list)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="copy")
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    rows = models.BigIntegerField(_("rows"), null=True)
    figures = models.JSONField(_("figures"), default=dict)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    failures = models.JSONField(_("failures"), default=list)
    passed = models.BooleanField(_("passed"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="copy")

    class Meta:
        verbose_name = _("copy for a recipient")
        verbose_name_plural = _("copies for recipients")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_copy_kept_where_passed",
                condition=models.Q(passed=True, file__isnull=False, failures=[])
                | (models.Q(file=None) & (models.Q(passed=None) | models.Q(passed=False))),
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
