from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class GrantIssued(Fact, kind="delivery.grant_issued", label=_("Access granted")):
    """A buyer may have the bytes of that digest."""

    mode: str
    sha256: str


class GrantAdvanced(Fact, kind="delivery.grant_advanced", label=_("Later revision delivered")):
    """A buyer has a later revision, whose bytes for them have that digest."""

    number: int
    sha256: str


class GrantRevoked(Fact, kind="delivery.grant_revoked", label=_("Access revoked")):
    """The centre took a grant back."""


class GrantExpired(Fact, kind="delivery.grant_expired", label=_("Access expired")):
    """The licence of a grant ran out."""


class GrantAmended(
    Fact, kind="delivery.grant_amended", label=_("Access follows the amended contract")
):
    """A grant follows the amended terms of its contract, until that moment."""

    expires_at: str


class CopyRetried(Fact, kind="delivery.copy_retried", label=_("The copy is written again")):
    """A buyer's copy that could not be written is asked for again."""


class DownloadOpened(Fact, kind="delivery.download_opened", label=_("Data opened by the buyer")):
    """A person of the buyer began to read these bytes, both counted from 0 and included."""

    first_byte: int
    last_byte: int
    sha256: str


class LicenceEnding(Fact, kind="delivery.licence_ending", label=_("Licence runs out soon")):
    """A licence runs out soon: both sides are told once, while they can still agree on more."""

    due_on: str
