"""Certificates of confirmed rights."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.models import Claim


class Certificate(Record):
    """The centre's registration of rights: a pre-registration, unless the centre is a designated
    registry, whose certificates carry the national code.

    It holds from `valid_from` to `valid_until`, both included (Civil Code art. 201 and 202), while
    it is in force. `freeze_order` says why the centre froze it; an objection freezes it without
    one. `rights` are those of the claim, as they were certified. They reach as far as
    `scope_sha256` (see `coverage.scope_digest`); `version` is the one that was examined.
    `predecessor` is the certificate out of which a transfer made it.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="certificate")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="certificates")
    version = models.ForeignKey(
        DatasetVersion,
        models.PROTECT,
        null=True,
        related_name="certificates",
        verbose_name=_("version"),
    )
    scope_sha256 = models.CharField(_("SHA-256 of the scope"), max_length=64)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="certificates")
    number = models.CharField(_("number"), max_length=40, unique=True)
    rights = models.JSONField(_("rights"), default=list)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    renewal_from = models.DateField(_("renewal may be asked for from"))
    was_renewal_announced = models.BooleanField(_("renewal was announced"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CertificateState, default=CertificateState.IN_FORCE
    )
    reminded_of = models.DateField(_("last day that was reminded of"), null=True)
    freeze_order = models.CharField(_("why it was frozen"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    credential = models.OneToOneField(Credential, models.PROTECT, related_name="certificate")
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="successors",
        verbose_name=_("preceding certificate"),
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.number


class Reliance(Record):
    """Something of a higher app, such as a listing, rests on a certificate as long as `is_current`.

    Written from what the ledger tells of `subject`, so that a transfer can wait for its end.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reliances")
    subject = models.CharField(_("subject"), max_length=80)
    is_current = models.BooleanField(_("still rests on it"), default=True)

    class Meta:
        verbose_name = _("reliance")
        verbose_name_plural = _("reliances")
        constraints = [
            models.UniqueConstraint(fields=["certificate", "subject"], name="rights_reliance_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.certificate}"


freeze(
    Certificate,
    {
        STEP: ["state", "reason", "freeze_order"],
        CLOCK: ["was_renewal_announced", "reminded_of"],
    },
)
freeze(Reliance, {STEP: ["is_current"]})
