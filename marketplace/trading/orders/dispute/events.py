"""What happens to disputes: amounts and digests; what was said stays with the dispute."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DisputeOpened(Fact, kind="trading.dispute_opened", label=_("Dispute opened")):
    """A side disputes an order; money and access stand still, the evidence is frozen."""

    side: str
    dossier_sha256: str
    held: str
    currency: str


class DisputeExhibitShown(
    Fact, kind="trading.dispute_exhibit_shown", label=_("File added to a dispute")
):
    """A side added a file."""

    sha256: str


class SettlementProposed(Fact, kind="trading.settlement_proposed", label=_("Settlement proposed")):
    """A mediator proposed how to settle."""

    refund: str
    currency: str


class MediationTakenOver(
    Fact, kind="trading.mediation_taken_over", label=_("Mediation taken over")
):
    """Another officer mediates from now on; earlier proposals stay."""

    reason_sha256: str


class SettlementAnswered(
    Fact, kind="trading.settlement_answered", label=_("Proposed settlement answered")
):
    """A side agreed to the proposal, or did not."""

    side: str
    is_agreed: bool


class DisputeDecided(Fact, kind="trading.dispute_decided", label=_("Dispute decided")):
    """A second officer decided; it takes effect when the time to appeal is over."""

    refund: str
    currency: str
    appeal_until: str
    reason_sha256: str


class DisputeAppealed(Fact, kind="trading.dispute_appealed", label=_("Decision appealed")):
    """A side went to a court or arbitrator; everything stands still on."""

    side: str


class DisputeWithdrawn(Fact, kind="trading.dispute_withdrawn", label=_("Dispute withdrawn")):
    """The side that opened it took it back; the order goes on as before."""


class DisputeEnded(Fact, kind="trading.dispute_ended", label=_("Dispute ended, money divided")):
    """The money of a dispute was divided: settled by both, decided, or ruled by a court."""

    outcome: str
    refunded: str
    released: str
    currency: str
    reason_sha256: str
