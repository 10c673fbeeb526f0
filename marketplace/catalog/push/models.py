"""What programs send to feeds, part by part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.models import Feed
from marketplace.catalog.push.choices import PushKind, PushMode, RowAct
from marketplace.catalog.push.states import PushState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.vault.models import StoredFile


class Push(Record):
    """Data on its way to a feed: nothing of it counts before it is committed.

    `mode` says what becomes of the rows of before; changes go by the columns `key`. Of a file
    `length` is how many bytes it has, and `received` how many came so far; of rows `rows` counts
    them. `parts` is the number of the last part. `version` is what it became, or was already.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="pushes")
    kind = models.CharField(_("kind"), max_length=4, choices=PushKind)
    mode = models.CharField(_("mode"), max_length=7, choices=PushMode)
    key: models.JSONField[Any, Any] = models.JSONField(_("key columns"), default=list)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    length = models.PositiveBigIntegerField(_("bytes to come in all"), null=True)
    received = models.PositiveBigIntegerField(_("bytes"), default=0)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    parts = models.PositiveIntegerField(_("parts"), default=0)
    state = models.CharField(_("state"), max_length=9, choices=PushState, default=PushState.OPEN)
    opened_by_id = models.UUIDField(_("sent by"))
    expires_at = models.DateTimeField(_("to be committed by"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, null=True, related_name="pushes")

    class Meta:
        verbose_name = _("push")
        verbose_name_plural = _("pushes")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="catalog_push_within_length",
                condition=models.Q(kind=PushKind.ROWS, length=None)
                | models.Q(
                    kind=PushKind.FILE, length__isnull=False, received__lte=models.F("length")
                ),
            ),
            models.CheckConstraint(
                name="catalog_push_has_a_version_once_committed",
                condition=models.Q(state=PushState.COMMITTED, version__isnull=False)
                | (~models.Q(state=PushState.COMMITTED) & models.Q(version=None)),
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def dataset_id(self) -> UUID:
        return self.feed.dataset_id


class PushPart(Record):
    """A part of a push: bytes of a file, or rows as Parquet, destroyed once the push is closed.

    `sha256` is the digest of what was sent, by which the same part is known when it comes again.
    """

    push = models.ForeignKey(Push, models.CASCADE, related_name="sent_parts")
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("what is done"), max_length=6, choices=RowAct, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="push_part")
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    sha256 = models.CharField(_("SHA-256 of what was sent"), max_length=64)

    class Meta:
        verbose_name = _("part of a push")
        verbose_name_plural = _("parts of pushes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["push", "number"], name="catalog_push_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.push_id} {self.number}"
