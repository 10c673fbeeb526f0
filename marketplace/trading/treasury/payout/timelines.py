"""Whose timelines tell of outgoing money."""

from marketplace.trading.treasury.payout.models import Disbursement


def concerns_of(disbursement: Disbursement) -> tuple[str, ...]:
    """Return what else a fact about it concerns, as subjects of the ledger."""
    if disbursement.order is not None:
        return (f"order:{disbursement.order_id}", *disbursement.order.concerns)
    organization_id = disbursement.account.organization_id
    return (f"organization:{organization_id}",) if organization_id else ()
