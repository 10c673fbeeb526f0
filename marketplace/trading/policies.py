"""Who may do what with listings, orders and contracts."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core.actor import Actor
from marketplace.trading.models import Demand, Listing, ListingRenewal, Order, Suspension
from marketplace.trading.states import IN_PREPARATION, ON_MARKET, OrderState


class Side(StrEnum):
    """A side of a contract."""

    SELLER = "seller"
    BUYER = "buyer"


def may_offer(by: Actor, organization_id: UUID) -> bool:
    """An officer of the organization that holds the data offers it."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_decide_listing(by: Actor) -> bool:
    """A reviewer decides."""
    return by.has(Role.REVIEWER)


def is_second_officer(by: Actor, listing: Listing) -> bool:
    """The one who decides neither submitted the listing nor belongs to the seller."""
    return by.person_id != listing.submitted_by_id and not by.acts_for(listing.organization_id)


def is_second_officer_of_renewal(by: Actor, renewal: ListingRenewal) -> bool:
    """The one who decides neither submitted the renewal nor belongs to the seller."""
    return by.person_id != renewal.submitted_by_id and not by.acts_for(
        renewal.listing.organization_id
    )


def is_renewable(listing: Listing) -> bool:
    """What is on the market goes on, and what is suspended, but for what the centre suspended."""
    return listing.state in ON_MARKET and listing.suspension != Suspension.CENTRE


def may_take_off(by: Actor, listing: Listing) -> bool:
    """The seller and a reviewer take a listing off the market; the seller alone drops a draft."""
    reviews = by.has(Role.REVIEWER) and listing.state not in IN_PREPARATION
    return reviews or may_offer(by, listing.organization_id)


def may_resume(by: Actor, listing: Listing) -> bool:
    """What the centre suspended, a reviewer resumes; else the seller may."""
    return by.has(Role.REVIEWER) or listing.suspension != Suspension.CENTRE


def may_order(by: Actor, listing: Listing) -> bool:
    """A buyer of another organization orders."""
    return by.has(Role.BUYER) and not by.acts_for(listing.organization_id)


def may_answer_order(by: Actor, order: Order) -> bool:
    """The side accepts and declines that the latest offer was made to: first the seller."""
    turn = Side.BUYER if order.state == OrderState.COUNTERED else Side.SELLER
    return side_of(by, order) == turn


def may_cancel(by: Actor, order: Order) -> bool:
    """The buyer steps back; the seller too, once they had accepted."""
    side = side_of(by, order)
    return side == Side.BUYER or (side == Side.SELLER and order.state != OrderState.PLACED)


def may_record_payment(by: Actor, organization_kind: str) -> bool:
    """The finance officers of the centre see what arrives at its bank."""
    return by.has(Role.FINANCE) and organization_kind == OrganizationKind.CENTRE


def may_accept_delivery(by: Actor, order: Order) -> bool:
    """The buyer accepts."""
    return side_of(by, order) == Side.BUYER


def may_see_delivery(by: Actor, order: Order) -> bool:
    """The sides and the centre's staff see a delivery; its finance officers the money alone."""
    sides = (order.buyer_id, order.listing.organization_id)
    return is_centre_staff(by) or any(by.acts_for(side) for side in sides)


def may_post_demand(by: Actor) -> bool:
    """A buyer asks for data that nobody lists."""
    return by.has(Role.BUYER)


def may_answer_demand(by: Actor, demand: Demand) -> bool:
    """An officer of another organization answers."""
    return by.has(Role.OFFICER) and not by.acts_for(demand.buyer_id)


def may_close_demand(by: Actor, demand: Demand) -> bool:
    """A buyer of the organization that asked closes."""
    return by.has(Role.BUYER) and by.acts_for(demand.buyer_id)


def side_of(by: Actor, order: Order) -> Side | None:
    """Answer the side that the actor may sign for."""
    if by.has(Role.BUYER) and by.acts_for(order.buyer_id):
        return Side.BUYER
    if may_offer(by, order.listing.organization_id):
        return Side.SELLER
    return None
