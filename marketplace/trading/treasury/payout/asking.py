"""What the acts on outgoing money ask first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid
from marketplace.trading.treasury.payout.models import Disbursement

LONGEST_REASON = 500


def concerns_of(disbursement: Disbursement) -> tuple[str, ...]:
    """Return what else a fact about it concerns, as subjects of the ledger."""
    if disbursement.order is not None:
        return (f"order:{disbursement.order_id}", *disbursement.order.concerns)
    organization_id = disbursement.account.organization_id
    return (f"organization:{organization_id}",) if organization_id else ()


def given_reason(reason: str) -> str:
    """Return a reason without its margins, or refuse one that says nothing or too much."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("Give a reason of at most %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": [sentence]})
    return reason.strip()
