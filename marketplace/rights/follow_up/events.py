"""What is asked for beside a certificate, and what comes of it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


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
