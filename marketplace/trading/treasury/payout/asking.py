"""What the acts on outgoing money ask first."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.selectors import organization_kind_of
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.trading.orders.settlement import policies
from marketplace.trading.treasury.payout.models import Disbursement

LONGEST_REASON = 500


def finance_officer(by: Actor) -> UUID:
    """Answer the person who keeps the centre's books, or refuse."""
    if by.person_id is None or not policies.may_keep_books(by, organization_kind_of(by)):
        raise NotAllowed(_("Only a finance officer of the centre can do this."))
    return by.person_id


def concerns_of(disbursement: Disbursement) -> tuple[str, ...]:
    """Answer what else a fact about it concerns, as subjects of the ledger."""
    if disbursement.order is not None:
        return (f"order:{disbursement.order_id}", *disbursement.order.concerns)
    organization_id = disbursement.account.organization_id
    return (f"organization:{organization_id}",) if organization_id else ()


def given_reason(reason: str) -> str:
    """Answer a reason without its margins, or refuse one that says nothing or too much."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("Give a reason of at most %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": [sentence]})
    return reason.strip()
