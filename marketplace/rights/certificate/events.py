from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Fact):
    """A certificate of the rights was issued."""

    kind = "rights.certificate_issued"
    label = _("Certificate issued")
    number: str
    rights: tuple[str, ...]
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class CertificateFrozen(Fact):
    """A certificate cannot be relied on for the time being."""

    kind = "rights.certificate_frozen"
    label = _("Certificate frozen")
    by_objection: bool


@dataclass(frozen=True, kw_only=True)
class CertificateUnfrozen(Fact):
    """A certificate can be relied on again."""

    kind = "rights.certificate_unfrozen"
    label = _("Certificate in force again")


@dataclass(frozen=True, kw_only=True)
class CertificateCancelled(Fact):
    """A certificate ended before its time."""

    kind = "rights.certificate_cancelled"
    label = _("Certificate cancelled")


@dataclass(frozen=True, kw_only=True)
class RenewalOpened(Fact):
    """A certificate ends within the time in which its renewal may be asked for."""

    kind = "rights.renewal_opened"
    label = _("Renewal may be asked for")
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class CertificateExpired(Fact):
    """A certificate's time ran out."""

    kind = "rights.certificate_expired"
    label = _("Certificate expired")


@dataclass(frozen=True, kw_only=True)
class CertificateSuperseded(Fact):
    """A certificate ended because its rights passed, or because its particulars changed."""

    kind = "rights.certificate_superseded"
    label = _("Certificate replaced by a newer one")


@dataclass(frozen=True, kw_only=True)
class RelianceNoted(Fact):
    """Something, such as a listing, rests on a certificate, or does no longer."""

    kind = "rights.reliance_noted"
    label = _("Reliance on a certificate noted")
    in_timelines = False
    is_current: bool
