"""What witnesses say of this log, and what this centre sees of others as their witness."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only, clock
from marketplace.core.records import Record
from marketplace.ledger.models.log import Checkpoint


class Cosignature(models.Model):
    """What a witness says of a checkpoint of ours: that it goes on from all that it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(_("witness"), max_length=255)
    line = models.TextField(_("signature line"))
    received_at = models.DateTimeField(_("received at"), default=clock.now)

    class Meta:
        verbose_name = _("cosignature")
        ordering = ["checkpoint", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="ledger_cosignature_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}"


class WitnessKey(Record):
    """The Ed25519 key with which this centre cosigns other logs; wrapped like signing keys."""

    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    wrapped_private_key = models.BinaryField()

    class Meta:
        verbose_name = _("witness key")

    def __str__(self) -> str:
        return self.public_key[:16]


class WitnessedLog(models.Model):
    """The largest tree of another log that this centre has seen and cosigned."""

    origin = models.CharField(_("name of the log"), max_length=255, primary_key=True)
    verifier_key = models.CharField(_("verifier key"), max_length=400)
    size = models.BigIntegerField(_("tree size"))
    root_hash = models.CharField(_("root hash"), max_length=64)
    note = models.TextField(_("cosigned note"))
    seen_at = models.DateTimeField(_("seen at"), default=clock.now)

    class Meta:
        verbose_name = _("witnessed log")

    def __str__(self) -> str:
        return self.origin


class WitnessCheck(Record):
    """One look of this centre at another log, and how it ended.

    `tree_size` is what the log showed; None where it showed nothing that could be read.
    """

    class Result(models.TextChoices):
        """How a look ended."""

        COSIGNED = "cosigned", _("consistent; cosigned")
        FORK = "fork", _("fork")
        SHRUNK = "shrunk", _("shows less than before")
        OTHER_KEY = "other-key", _("signed by another key")
        REFUSED = "refused", _("could not be read or checked")

    origin = models.CharField(_("name of the log"), max_length=255)
    tree_size = models.BigIntegerField(_("tree size"), null=True)
    result = models.CharField(_("result"), max_length=10, choices=Result)

    class Meta:
        verbose_name = _("look at another log")
        verbose_name_plural = _("looks at other logs")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.origin} {self.result}"


append_only.register("ledger_cosignature", key=["id", "checkpoint_id,witness"])
append_only.register("ledger_witnesscheck", key=["id"])
