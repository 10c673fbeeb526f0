"""A dispute moved on: tell the sides, and the reviewers who mediate and decide."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.reactions.sides import (
    amount_in,
    buyers_of,
    other_side_of,
    sellers_of,
    told_day,
)
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.selectors import disputes_visible_to

KIND_FOR_OTHERS = {
    "trading.dispute_opened": NoticeKind.DISPUTE_OPENED,
    "trading.settlement_answered": NoticeKind.SETTLEMENT_ANSWERED,
    "trading.dispute_appealed": NoticeKind.DISPUTE_APPEALED,
    "trading.dispute_withdrawn": NoticeKind.DISPUTE_WITHDRAWN,
}
"""What the other side and the mediators are told when one side did something."""
KIND_FOR_SIDES = {
    "trading.settlement_proposed": (NoticeKind.SETTLEMENT_PROPOSED, "refund"),
    "trading.dispute_decided": (NoticeKind.DISPUTE_DECIDED, "refund"),
    "trading.dispute_ended": (NoticeKind.DISPUTE_ENDED, "refunded"),
}
"""What both sides are told when the centre did something, and where its amount stands."""


def tell_others_in_dispute(entry: Entry) -> None:
    """Tell the other side and the mediators what one side did."""
    dispute = _dispute(entry)
    opener = "buyer" if dispute.organization_id == dispute.order.buyer_id else "seller"
    others = other_side_of(dispute.order, entry.payload.get("side", opener))
    people = chain(others, people_with_role(Role.REVIEWER))
    _tell_of_dispute(people, KIND_FOR_OTHERS[entry.kind], dispute)


def tell_sides_of_dispute(entry: Entry) -> None:
    """Tell both sides what the centre proposed or decided, or how the money was divided."""
    dispute = _dispute(entry)
    kind, name = KIND_FOR_SIDES[entry.kind]
    told = {"amount": amount_in(entry, name)}
    if "appeal_until" in entry.payload:
        told |= told_day(entry.payload["appeal_until"])
    people = chain(buyers_of(dispute.order), sellers_of(dispute.order))
    _tell_of_dispute(people, kind, dispute, **told)


def _dispute(entry: Entry) -> Dispute:
    return visible(disputes_visible_to(PIPELINE), pk=id_of(entry.subject))


def _tell_of_dispute(
    people: Iterable[Person], kind: NoticeKind, dispute: Dispute, **parameters: str
) -> None:
    notify(
        people=people,
        kind=kind,
        subject=f"dispute:{dispute.pk}",
        parameters={"thing": dispute.order.listing.title, **parameters},
        url=reverse("dispute_detail", args=[dispute.pk]),
        by=PIPELINE,
    )
