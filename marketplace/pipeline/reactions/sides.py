"""The people of both sides of an order and of the centre, and how they are told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain
from uuid import UUID

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.core.terms import is_provisional_day
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.things import PIPELINE
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def told_day(day: str, *, is_counted: bool = True) -> dict[str, str]:
    """Return the parameters by which a notice names a last day; `is_counted` in working days."""
    is_provisional = is_counted and is_provisional_day(date.fromisoformat(day))
    return {"day": day} | ({"provisional": "yes"} if is_provisional else {})


def order_of(order_id: UUID) -> Order:
    """Return an order."""
    return visible(orders_visible_to(PIPELINE), pk=order_id)


def buyers_of(order: Order) -> Iterable[Person]:
    """Return who buys for the order's buyer."""
    return people_with_role(Role.BUYER, organization_id=order.buyer_id)


def sellers_of(order: Order) -> Iterable[Person]:
    """Return who sells for the order's seller."""
    return people_with_role(Role.OFFICER, organization_id=order.listing.organization_id)


def other_side_of(order: Order, side: str) -> Iterable[Person]:
    """Return the people of the side that did not act."""
    return buyers_of(order) if side == "seller" else sellers_of(order)


def payers_of(order: Order) -> Iterable[Person]:
    """Return who buys for the order's buyer, and who keeps its money."""
    return chain(buyers_of(order), people_with_role(Role.FINANCE, organization_id=order.buyer_id))


def treasurers() -> Iterable[Person]:
    """Return the finance officers of the centre."""
    return people_with_role(Role.FINANCE).filter(organization__kind=OrganizationKind.CENTRE)


def tell_of_order(
    people: Iterable[Person], kind: NoticeKind, order: Order, **parameters: str
) -> None:
    """Tell people of an order, and lead them to its page."""
    notify(
        people=people,
        kind=kind,
        subject=f"order:{order.pk}",
        parameters={"thing": order.listing.title, **parameters},
        url=reverse("order_detail", args=[order.pk]),
        by=PIPELINE,
    )


def amount_in(entry: Entry, name: str = "amount") -> str:
    """Return an amount of an entry, with its currency."""
    return f"{Decimal(entry.payload[name]):,.2f} {entry.payload['currency']}"
