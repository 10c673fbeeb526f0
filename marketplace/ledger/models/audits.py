"""Audits of the whole log: those that ended, and how far the one is that is under way."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only, clock
from marketplace.core.actor import Door
from marketplace.core.records import Record
from marketplace.ledger.models.log import Entry


class Audit(Record):
    """One check of every leaf and head, and what it found; kept when it ended.

    `milliseconds` is how long it computed. `entry` is the entry of the ledger that tells of it.
    """

    door = models.CharField(
        _("asked by"),
        max_length=10,
        choices=[(Door.COMMAND.value, _("command")), (Door.TASK.value, _("the centre by itself"))],
    )
    tree_size = models.BigIntegerField(_("sealed entries"))
    root_hash = models.CharField(_("root hash"), max_length=64)
    heads = models.PositiveIntegerField(_("signed heads"))
    faults = models.PositiveIntegerField(_("faults"))
    milliseconds = models.PositiveBigIntegerField(_("milliseconds"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="audit")

    class Meta:
        verbose_name = _("audit of the ledger")
        verbose_name_plural = _("audits of the ledger")
        ordering = ["-entry_id"]

    def __str__(self) -> str:
        return f"audit of {self.tree_size} entries: {self.faults} faults"

    @property
    def seconds(self) -> float:
        """Return how long it computed, in seconds."""
        return self.milliseconds / 1000


class RunningAudit(models.Model):
    """How far the audit is that the centre makes by itself, part by part. There is one at most.

    `checked` is the size of the signed head that it has come to.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    began_at = models.DateTimeField(_("began at"), default=clock.now)
    checked = models.BigIntegerField(_("checked entries"), default=0)
    heads = models.PositiveIntegerField(_("signed heads"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    milliseconds = models.PositiveBigIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("audit under way")

    def __str__(self) -> str:
        return f"audit up to {self.checked}"


append_only.register("ledger_audit", key=["id", "entry_id"])
