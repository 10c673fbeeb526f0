"""Signed credentials, the keys that sign them, and the counters of their numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.core.frozen import BY_DIGEST, STEP, freeze
from marketplace.core.records import Record
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.ledger.binding import BoundRow, bind


@named_in_api()
class CredentialKind(models.TextChoices):
    RIGHT = "right", _("Certificate of a right")
    RISK = "risk", _("Risk report")
    APPRAISAL = "appraisal", _("Valuation")
    DELIVERY = "delivery", _("Certificate of a delivery")
    REPORT = "report", _("Report on data")
    MODEL = "model", _("Trained model")
    LIFT = "lift", _("Receipt of a measurement")


PUBLIC_KINDS = frozenset({CredentialKind.RIGHT.value})
"""What a bare number shows in full: the register of rights is public. Other documents are read by
whoever was given their address, since numbers can be guessed one after the other."""


class Suite(models.TextChoices):
    EARLIER = "ed25519-rfc8785", "Ed25519, RFC 8785"
    EDDSA_JCS = "eddsa-jcs-2022", "Data Integrity eddsa-jcs-2022"


class SigningKey(Record):
    """An Ed25519 key of the centre; the private half is wrapped by the key-encryption key."""

    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    wrapped_private_key = models.BinaryField()
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        verbose_name = _("credential signing key")
        verbose_name_plural = _("credential signing keys")
        constraints = [
            models.UniqueConstraint(
                models.Case(models.When(retired_at=None, then=True)),
                name="credentials_one_key_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.public_key[:16]


class Credential(BoundRow, Record):
    """A statement that the centre signed.

    `document` holds what was signed, without the proof; `digest` is the SHA-256 of its canonical
    bytes. `proof` is as it is given away; of the earlier suite it follows from key and signature.
    `issuer`, `status_list` and `status_index` say whose bit of which status list tells its state.
    It holds from `valid_from` to `valid_until`, both included, while it is issued. `about`
    lists whose timelines tell of it. `remarks` is what holds today and was not known when it was
    signed: objects of `kind`, `authority`, `document_number`, `text` and `since`.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=CredentialKind)
    subject = models.CharField(_("subject"), max_length=80, db_index=True)
    about = models.JSONField(_("about"), default=list)
    number = models.CharField(_("number"), max_length=40, unique=True)
    document = models.JSONField(_("document"))
    digest = models.CharField(_("digest"), max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="credentials")
    suite = models.CharField(
        _("cryptographic suite"), max_length=20, choices=Suite, default=Suite.EARLIER
    )
    signature = models.CharField(_("signature"), max_length=128)
    proof = models.JSONField(_("proof"), null=True)
    issuer = models.CharField(_("issuer"), max_length=300, blank=True)
    status_list = models.PositiveIntegerField(_("status list"), null=True)
    status_index = models.PositiveIntegerField(_("place in the status list"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CredentialState, default=CredentialState.ISSUED
    )
    reason = models.CharField(_("reason"), max_length=12, choices=StatusReason, blank=True)
    remarks = models.JSONField(_("remarks since it was issued"), default=list, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="credentials_valid_in_order",
                condition=models.Q(valid_from__lte=models.F("valid_until")),
                violation_error_message=_("A credential cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["issuer", "status_list", "status_index"],
                name="credentials_status_bit_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """The last number given out under a prefix; the row is locked to take the next."""

    prefix = models.CharField(_("prefix"), max_length=30, primary_key=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:04d}"


bind(
    Credential,
    "credential",
    *("kind", "subject", "about", "number", "document", "digest", "key_id", "suite", "signature"),
    *("proof", "issuer", "status_list", "status_index", "state", "reason", "remarks"),
    *("valid_from", "valid_until"),
)


freeze(Credential, {BY_DIGEST: ["state", "reason", "remarks"]})
freeze(
    SigningKey,
    {
        STEP: ["retired_at"],
        "wrapped anew under another key-encryption key": ["wrapped_private_key"],
    },
)
freeze(NumberSeries, {"the last number given: the credentials have them all": ["last"]})
