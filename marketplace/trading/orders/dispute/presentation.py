"""What a dispute's page shows of the frozen evidence: each fact with its entry, each movement."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.ledger.selectors import TimelineEntry, entries_of, label_of
from marketplace.trading.books.models import TransferKind
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.states import DisputeState
from marketplace.trading.orders.order.models import Order


@dataclass(frozen=True)
class Piece:
    """A fact of the evidence; `entry` leads to it in the ledger, which proves it."""

    label: str
    at: datetime
    side: str
    reference: UUID
    entry: int | None


@dataclass(frozen=True)
class Movement:
    """A movement of money in the evidence."""

    label: str
    at: datetime
    amount: Decimal


def refund_label(dispute: Dispute) -> str:
    """Say whose amount it is that goes back to the buyer: proposed, decided or ruled."""
    if dispute.state == DisputeState.CLOSED and dispute.appeal:
        return _("Back to the buyer, as ruled")
    if dispute.decided_by_id is not None:
        return _("Back to the buyer, as decided")
    return _("Back to the buyer, as proposed")


def pieces_of(dispute: Dispute) -> list[Piece]:
    """Return the facts of the frozen evidence, oldest first, in one query."""
    facts = [(UUID(fact["reference"]), fact) for fact in dispute.dossier["facts"]]
    entries = entries_of([reference for reference, _fact in facts])
    return [
        Piece(
            label=label_of(fact["kind"]),
            at=datetime.fromisoformat(fact["at"]),
            side=_side(entries.get(reference), dispute.order),
            reference=reference,
            entry=entries[reference].leaf_index if reference in entries else None,
        )
        for reference, fact in facts
    ]


def movements_of(dispute: Dispute) -> list[Movement]:
    """Return the movements of money of the frozen evidence, oldest first."""
    return [
        Movement(
            label=str(TransferKind(row["kind"]).label),
            at=datetime.fromisoformat(row["at"]),
            amount=Decimal(row["amount"]),
        )
        for row in dispute.dossier["transfers"]
    ]


def _side(entry: TimelineEntry | None, order: Order) -> str:
    if entry is None:
        return ""
    if entry.organization_id is None:
        return _("Software of the centre")
    sides = {order.buyer_id: _("Buyer"), order.listing.organization_id: _("Seller")}
    return sides.get(entry.organization_id, _("Centre"))
