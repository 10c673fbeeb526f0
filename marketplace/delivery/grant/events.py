from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GrantIssued(Fact):
    """A buyer may have the bytes of that digest."""

    kind = "delivery.grant_issued"
    label = _("Access granted")
    mode: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class GrantAdvanced(Fact):
    """A buyer has a later revision, whose bytes for them have that digest."""

    kind = "delivery.grant_advanced"
    label = _("Later revision delivered")
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class GrantRevoked(Fact):
    """The centre took a grant back."""

    kind = "delivery.grant_revoked"
    label = _("Access revoked")


@dataclass(frozen=True, kw_only=True)
class GrantExpired(Fact):
    """The licence of a grant ran out."""

    kind = "delivery.grant_expired"
    label = _("Access expired")


@dataclass(frozen=True, kw_only=True)
class GrantAmended(Fact):
    """A grant follows the amended terms of its contract, until that moment."""

    kind = "delivery.grant_amended"
    label = _("Access follows the amended contract")
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class CopyRetried(Fact):
    """A buyer's copy that could not be written is asked for again."""

    kind = "delivery.copy_retried"
    label = _("The copy is written again")


@dataclass(frozen=True, kw_only=True)
class DownloadOpened(Fact):
    """A person of the buyer began to read these bytes, both counted from 0 and included."""

    kind = "delivery.download_opened"
    label = _("Data opened by the buyer")
    first_byte: int
    last_byte: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LicenceEnding(Fact):
    """A licence runs out soon: both sides are told once, while they can still agree on more."""

    kind = "delivery.licence_ending"
    label = _("Licence runs out soon")
    due_on: str
