"""Whose timelines tell of a dispute."""

from marketplace.trading.orders.dispute.models import Dispute


def concerns(dispute: Dispute) -> tuple[str, ...]:
    """Return what else a fact about it concerns, as subjects of the ledger."""
    return (f"order:{dispute.order_id}", *dispute.order.concerns)
