"""Who may move money."""

from __future__ import annotations

from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core.actor import Actor
from marketplace.trading.models import Disbursement


def may_keep_books(by: Actor, organization_kind: str) -> bool:
    """The finance officers of the centre import, allocate, propose and close."""
    return by.has(Role.FINANCE) and organization_kind == OrganizationKind.CENTRE


def may_decide_disbursement(by: Actor, organization_kind: str) -> bool:
    """A finance officer or a reviewer of the centre decides."""
    return by.has(Role.REVIEWER) or may_keep_books(by, organization_kind)


def is_second_person(by: Actor, disbursement: Disbursement) -> bool:
    """Whoever proposed it does not decide it."""
    return by.person_id is not None and by.person_id != disbursement.proposed_by_id
