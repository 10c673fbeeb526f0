"""Who may decide on money that is to go out."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.trading.orders.settlement.policies import may_keep_books
from marketplace.trading.treasury.payout.models import Disbursement


def may_decide_disbursement(by: Actor, organization_kind: str) -> bool:
    """A finance officer or a reviewer of the centre decides."""
    return by.has(Role.REVIEWER) or may_keep_books(by, organization_kind)


def is_second_person(by: Actor, disbursement: Disbursement) -> bool:
    """Whoever proposed it does not decide it."""
    return by.person_id is not None and by.person_id != disbursement.proposed_by_id
