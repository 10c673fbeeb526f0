"""Columns that an officer takes for less than the detectors do, and who agreed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.preparation.models.findings import ColumnRole
from marketplace.preparation.models.policies import MaskingPolicy

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
