"""What happens to amendments: digests alone; what would change stands with the amendment."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(Fact):
    """A side proposed other terms for a signed contract, as a text of that digest."""

    kind = "trading.amendment_proposed"
    label = _("Amendment proposed")
    side: str
    number: int
    contract_sha256: str
    amendment_sha256: str


@dataclass(frozen=True, kw_only=True)
class AmendmentSigned(Fact):
    """A side signed an amendment; `is_concluded` when the other already had, so that it holds."""

    kind = "trading.amendment_signed"
    label = _("Amendment signed")
    side: str
    amendment_sha256: str
    is_concluded: bool
    signature_kind: str
    evidence_sha256: str
    mandate_sha256: str


@dataclass(frozen=True, kw_only=True)
class AmendmentDeclined(Fact):
    """The other side declined an amendment."""

    kind = "trading.amendment_declined"
    label = _("Amendment declined")
    side: str


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(Fact):
    """The side that proposed an amendment took it back."""

    kind = "trading.amendment_withdrawn"
    label = _("Amendment withdrawn")
    side: str


@dataclass(frozen=True, kw_only=True)
class AmendmentExpired(Fact):
    """Not both sides signed an amendment in time, or the contract ended before."""

    kind = "trading.amendment_expired"
    label = _("Amendment ran out")
