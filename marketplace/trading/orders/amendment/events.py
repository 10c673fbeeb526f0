"""What happens to amendments: digests alone; what would change stands with the amendment."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class AmendmentProposed(Fact, kind="trading.amendment_proposed", label=_("Amendment proposed")):
    """A side proposed other terms for a signed contract, as a text of that digest."""

    side: str
    number: int
    contract_sha256: str
    amendment_sha256: str


class AmendmentSigned(Fact, kind="trading.amendment_signed", label=_("Amendment signed")):
    """A side signed an amendment; `is_concluded` when the other already had, so that it holds."""

    side: str
    amendment_sha256: str
    is_concluded: bool
    signature_kind: str
    evidence_sha256: str
    mandate_sha256: str


class AmendmentDeclined(Fact, kind="trading.amendment_declined", label=_("Amendment declined")):
    """The other side declined an amendment."""

    side: str


class AmendmentWithdrawn(Fact, kind="trading.amendment_withdrawn", label=_("Amendment withdrawn")):
    """The side that proposed an amendment took it back."""

    side: str


class AmendmentExpired(Fact, kind="trading.amendment_expired", label=_("Amendment ran out")):
    """Not both sides signed an amendment in time, or the contract ended before."""
