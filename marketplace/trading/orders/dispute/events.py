"""What happens to disputes: amounts and digests; what was said stays with the dispute."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DisputeOpened(Fact):
    """A side disputes an order; money and access stand still, the evidence is frozen."""

    kind = "trading.dispute_opened"
    label = _("Dispute opened")
    side: str
    dossier_sha256: str
    held: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DisputeExhibitShown(Fact):
    """A side added a file."""

    kind = "trading.dispute_exhibit_shown"
    label = _("File added to a dispute")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SettlementProposed(Fact):
    """A mediator proposed how to settle."""

    kind = "trading.settlement_proposed"
    label = _("Settlement proposed")
    refund: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class MediationTakenOver(Fact):
    """Another officer mediates from now on; earlier proposals stay."""

    kind = "trading.mediation_taken_over"
    label = _("Mediation taken over")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class SettlementAnswered(Fact):
    """A side agreed to the proposal, or did not."""

    kind = "trading.settlement_answered"
    label = _("Proposed settlement answered")
    side: str
    is_agreed: bool


@dataclass(frozen=True, kw_only=True)
class DisputeDecided(Fact):
    """A second officer decided; it takes effect when the time to appeal is over."""

    kind = "trading.dispute_decided"
    label = _("Dispute decided")
    refund: str
    currency: str
    appeal_until: str
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class DisputeAppealed(Fact):
    """A side went to a court or arbitrator; everything stands still on."""

    kind = "trading.dispute_appealed"
    label = _("Decision appealed")
    side: str


@dataclass(frozen=True, kw_only=True)
class DisputeWithdrawn(Fact):
    """The side that opened it took it back; the order goes on as before."""

    kind = "trading.dispute_withdrawn"
    label = _("Dispute withdrawn")


@dataclass(frozen=True, kw_only=True)
class DisputeEnded(Fact):
    """The money of a dispute was divided: settled by both, decided, or ruled by a court."""

    kind = "trading.dispute_ended"
    label = _("Dispute ended, money divided")
    outcome: str
    refunded: str
    released: str
    currency: str
    reason_sha256: str
