"""The contract that both sides sign, and their signatures."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.numbers import number_of
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side


class Contract(BoundRow, Record):
    """The frozen text of an order's contract; each side signs by naming the digest it has read.

    `agreed` is what the text ends by naming: terms, price and sides as data. `document` is what
    both sides get once they have signed.
    """

    NUMBERED: ClassVar[str] = "CON"

    order = models.OneToOneField(Order, models.PROTECT, related_name="contract")
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))
    terms = models.JSONField(_("terms"), default=dict)
    agreed = models.JSONField(_("what was agreed"), default=dict)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    document = models.JSONField(_("document of both sides"), null=True)
    seller_signed_by_id = models.UUIDField(_("signed for the seller by"), null=True)
    seller_signed_at = models.DateTimeField(_("signed by the seller at"), null=True)
    buyer_signed_by_id = models.UUIDField(_("signed for the buyer by"), null=True)
    buyer_signed_at = models.DateTimeField(_("signed by the buyer at"), null=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="orders_contract_two_signers",
                condition=models.Q(seller_signed_by_id=None)
                | models.Q(buyer_signed_by_id=None)
                | ~models.Q(seller_signed_by_id=models.F("buyer_signed_by_id")),
                violation_error_message=_("Nobody signs for both sides."),
            )
        ]

    def __str__(self) -> str:
        return self.digest[:16]

    @property
    def number(self) -> str:
        """Return what people call it by."""
        return number_of(self.NUMBERED, self.pk)

    @property
    def is_of_earlier_form(self) -> bool:
        """Return whether its text names no terms as data, so that no verifier could check it."""
        return not self.agreed

    @property
    def is_signed(self) -> bool:
        """Return whether both sides have signed."""
        return self.seller_signed_at is not None and self.buyer_signed_at is not None


class SignatureKind(models.TextChoices):
    PASSKEY = "passkey", _("Signed with a passkey")
    WITNESSED = "witnessed", _("Acceptance witnessed by the centre")


class SignatureRecord(Record):
    """One person's signature for one side. Rows are never changed.

    `evidence` of a passkey: its assertion, its public key and where it signed, so that the centre
    could not have made it. Of a witnessed acceptance: the statement that the centre signed.
    `mandate` says who signed, in which function and on what mandate, as it was at that moment;
    `approved_by_id` is the second person, where the sum was above the signatory's limit.
    """

    side = models.CharField(_("side"), max_length=6, choices=Side)
    person_id = models.UUIDField(_("person"))
    kind = models.CharField(_("kind"), max_length=9, choices=SignatureKind)
    evidence = models.JSONField(_("evidence of the signature"))
    signed_at = models.DateTimeField(_("signed at"))
    mandate = models.JSONField(_("mandate"), default=dict)
    approved_by_id = models.UUIDField(_("approved by"), null=True)

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
                fields=["contract", "side"], name="orders_signature_of_side_once"
            ),
            models.UniqueConstraint(
                fields=["contract", "person_id"],
                name="orders_signature_of_person_once",
                violation_error_message=_("Nobody signs for both sides."),
            ),
        ]


append_only.register("orders_signature", key=["id", "contract_id,side", "contract_id,person_id"])
bind(
    Contract,
    "contract",
    *("order_id", "language", "text", "terms", "agreed", "digest", "document"),
    *("seller_signed_by_id", "seller_signed_at", "buyer_signed_by_id", "buyer_signed_at"),
)


freeze(
    Contract,
    {
        BY_DIGEST: [
            *("seller_signed_by_id", "seller_signed_at"),
            *("buyer_signed_by_id", "buyer_signed_at", "document"),
        ]
    },
)
