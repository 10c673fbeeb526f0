"""The signatures on a contract, each with what anybody needs to check it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.trading.models.orders import Contract


class SigningSide(models.TextChoices):
    """The side that signed."""

    SELLER = "seller", _("Seller")
    BUYER = "buyer", _("Buyer")


class SignatureKind(models.TextChoices):
    """How somebody signed."""

    PASSKEY = "passkey", _("Signed with a passkey")
    WITNESSED = "witnessed", _("Acceptance witnessed by the centre")


class SignatureRecord(Record):
    """One person's signature for one side. Rows are never changed.

    `evidence` of a passkey: its assertion, its public key and where it signed, so that the centre
    could not have made it. Of a witnessed acceptance: the statement that the centre signed.
    """

    side = models.CharField(_("side"), max_length=6, choices=SigningSide)
    person_id = models.UUIDField(_("person"))
    kind = models.CharField(_("kind"), max_length=9, choices=SignatureKind)
    evidence = models.JSONField(_("evidence of the signature"))
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.side} {self.kind}"


class Signature(SignatureRecord):
    """A signature on a contract."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side"], name="trading_signature_of_side_once"
            ),
            models.UniqueConstraint(
                fields=["contract", "person_id"],
                name="trading_signature_of_person_once",
                violation_error_message=_("Nobody signs for both sides."),
            ),
        ]


append_only.register("trading_signature", key=["id", "contract_id,side", "contract_id,person_id"])
