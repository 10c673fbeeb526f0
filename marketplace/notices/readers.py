"""Who can get which kinds of notices, by what they do for their organization."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices

from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.notices.kinds import NoticeKind


class Reader(TextChoices):
    """What a person is to the notices: a role, where finance officers of the centre differ."""

    OFFICER = "officer"
    BUYER = "buyer"
    PAYER = "payer"
    REVIEWER = "reviewer"
    TREASURER = "treasurer"
    ADMINISTRATOR = "administrator"


EVERYBODY = frozenset(Reader)
SIDES = frozenset({Reader.OFFICER, Reader.BUYER})
PAYERS = frozenset({Reader.BUYER, Reader.PAYER})
SELLERS = frozenset({Reader.OFFICER})
BUYERS = frozenset({Reader.BUYER})
REVIEWERS = frozenset({Reader.REVIEWER})
TREASURERS = frozenset({Reader.TREASURER})

READERS: Mapping[NoticeKind, frozenset[Reader]] = {
    NoticeKind.CASE_OPENED: REVIEWERS,
    NoticeKind.CASE_APPROVED: SELLERS,
    NoticeKind.CASE_RETURNED: SELLERS,
    NoticeKind.CASE_REFUSED: SELLERS,
    NoticeKind.ORGANIZATION_APPLIED: frozenset({Reader.ADMINISTRATOR}),
    NoticeKind.ORGANIZATION_VERIFIED: EVERYBODY,
    NoticeKind.ORGANIZATION_REFUSED: EVERYBODY,
    NoticeKind.ORGANIZATION_SUSPENDED: EVERYBODY,
    NoticeKind.ORGANIZATION_REINSTATED: EVERYBODY,
    NoticeKind.RUN_DONE: SELLERS,
    NoticeKind.RUN_FAILED: SELLERS,
    # Rights are acquired by buyers too.
    NoticeKind.CLAIM_ANSWERED: SIDES,
    NoticeKind.OBJECTION_RAISED: SIDES | REVIEWERS,
    NoticeKind.OBJECTION_REFERRED: SIDES,
    NoticeKind.OBJECTION_DECIDED: SIDES,
    NoticeKind.CERTIFICATE_CHANGED: SIDES,
    NoticeKind.RENEWAL_OPENED: SIDES,
    NoticeKind.DUE_SOON: SIDES | REVIEWERS,
    NoticeKind.TERM_SETTLED: SIDES | REVIEWERS,
    NoticeKind.REMARK_WAITS: REVIEWERS,
    NoticeKind.TRANSFER_OPENED: SIDES,
    NoticeKind.TRANSFER_JOINED: SIDES,
    NoticeKind.RIGHT_TRANSFERRED: SIDES,
    NoticeKind.LISTING_SUSPENDED: SELLERS,
    NoticeKind.LISTING_OFFERED: BUYERS,
    NoticeKind.LISTING_RENEWED: BUYERS,
    NoticeKind.ORDER_PLACED: SELLERS,
    NoticeKind.ORDER_ACCEPTED: BUYERS,
    NoticeKind.ORDER_DECLINED: BUYERS,
    NoticeKind.ORDER_CANCELLED: SIDES,
    NoticeKind.CONTRACT_SIGNED: SIDES,
    NoticeKind.PAYMENT_AWAITED: TREASURERS,
    NoticeKind.PAYMENT_HELD: SELLERS,
    NoticeKind.DATA_READY: BUYERS,
    NoticeKind.ORDER_DELIVERED: SELLERS,
    NoticeKind.DELIVERY_OBJECTED: SELLERS,
    NoticeKind.ORDER_COMPLETED: SELLERS,
    NoticeKind.DEMAND_ANSWERED: BUYERS,
    NoticeKind.OFFER_MADE: SIDES,
    NoticeKind.OFFER_ACCEPTED: SELLERS,
    NoticeKind.OFFER_DECLINED: SELLERS,
    NoticeKind.OFFER_EXPIRED: SIDES,
    NoticeKind.CONTRACT_AMENDED: SIDES,
    NoticeKind.CONTRACT_TERMINATED: SIDES,
    NoticeKind.CHARGE_OPENED: PAYERS,
    NoticeKind.CHARGE_OVERDUE: PAYERS | SELLERS | TREASURERS,
    NoticeKind.PAYMENT_ARRIVED: PAYERS,
    NoticeKind.FURTHER_PAYMENT: SELLERS,
    NoticeKind.PAYMENT_UNALLOCATED: TREASURERS,
    NoticeKind.DISBURSEMENT_PROPOSED: TREASURERS | REVIEWERS,
    NoticeKind.DISBURSEMENT_DECIDED: TREASURERS,
    NoticeKind.MONEY_REFUNDED: PAYERS | SELLERS,
    NoticeKind.MONEY_PAID_OUT: PAYERS | SELLERS,
    NoticeKind.DISPUTE_OPENED: SIDES | REVIEWERS,
    NoticeKind.SETTLEMENT_PROPOSED: SIDES,
    NoticeKind.SETTLEMENT_ANSWERED: SIDES | REVIEWERS,
    NoticeKind.DISPUTE_DECIDED: SIDES,
    NoticeKind.DISPUTE_APPEALED: SIDES | REVIEWERS,
    NoticeKind.DISPUTE_WITHDRAWN: SIDES | REVIEWERS,
    NoticeKind.DISPUTE_ENDED: SIDES,
    NoticeKind.REIDENTIFICATION_WAITS: REVIEWERS,
    NoticeKind.DATA_RECALLED: SIDES,
    NoticeKind.DELETION_ASKED: BUYERS,
    NoticeKind.DELETION_OVERDUE: BUYERS | SELLERS | REVIEWERS,
    NoticeKind.DELETION_STATED: SELLERS,
}
"""Whom the reactions tell of a kind; the tests hold each notice against it."""


def can_get(kind: NoticeKind, *, roles: frozenset[str], organization_kind: str) -> bool:
    """Return whether somebody with these roles in an organization of a kind is told of a kind."""
    readers = {Reader(role) for role in roles if role in Reader.values}
    if Role.FINANCE in roles:
        at_centre = organization_kind == OrganizationKind.CENTRE
        readers.add(Reader.TREASURER if at_centre else Reader.PAYER)
    return READERS[kind] is EVERYBODY or bool(READERS[kind] & readers)
