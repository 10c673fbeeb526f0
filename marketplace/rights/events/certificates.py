"""What happens to certificates and by transfers."""

from __future__ import annotations

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
class TransferOpened(Fact):
    """A holder began to pass rights to another organization."""

    kind = "rights.transfer_opened"
    label = _("Transfer of rights begun")
    rights: tuple[str, ...]
    is_limited: bool


@dataclass(frozen=True, kw_only=True)
class TransferJoined(Fact):
    """The acquirer asked for the transfer too."""

    kind = "rights.transfer_joined"
    label = _("Transfer joined by the acquirer")


@dataclass(frozen=True, kw_only=True)
class RenewalAsked(Fact):
    """A holder began to ask for the renewal of a certificate."""

    kind = "rights.renewal_asked"
    label = _("Renewal begun")
    term_years: int


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(Fact):
    """A holder began to ask for a change of what is registered; the texts stay with the claim."""

    kind = "rights.change_asked"
    label = _("Change of the registration begun")
    particulars: tuple[str, ...]
    grounds_sha256: str


@dataclass(frozen=True, kw_only=True)
class CancellationAsked(Fact):
    """A holder began to give a right up; why stays with the claim."""

    kind = "rights.cancellation_asked"
    label = _("Cancellation begun")
    grounds_sha256: str


@dataclass(frozen=True, kw_only=True)
class RegistrationChanged(Fact):
    """The subject states what is registered now, in place of the certificate it followed."""

    kind = "rights.registration_changed"
    label = _("Registration changed")
    particulars: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CertificateSuperseded(Fact):
    """A certificate ended because its rights passed, or because its particulars changed."""

    kind = "rights.certificate_superseded"
    label = _("Certificate replaced by a newer one")


@dataclass(frozen=True, kw_only=True)
class RightTransferred(Fact):
    """The register records a new holder, to whom the subject was given.

    `about` names claim, dataset, both organizations and the certificate that passed; and the order
    where the right was sold. `remaining_certificate` is of what is left to the former holder.
    """

    kind = "rights.right_transferred"
    label = _("New holder recorded")
    acquirer: str
    rights: tuple[str, ...]
    is_limited: bool
    remaining_certificate: str | None


@dataclass(frozen=True, kw_only=True)
class RelianceNoted(Fact):
    """Something, such as a listing, rests on a certificate, or does no longer."""

    kind = "rights.reliance_noted"
    label = _("Reliance on a certificate noted")
    in_timelines = False
    is_current: bool
