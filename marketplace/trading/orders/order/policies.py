"""Who may do what with an order."""

from enum import StrEnum

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState


class Side(StrEnum):
    SELLER = "seller"
    BUYER = "buyer"


def may_answer_order(by: Actor, order: Order) -> bool:
    """The side accepts and declines that the latest offer was made to: first the seller."""
    turn = Side.BUYER if order.state == OrderState.COUNTERED else Side.SELLER
    return side_of(by, order) == turn


def may_see_delivery(by: Actor, order: Order) -> bool:
    """The sides and the centre's staff see a delivery; its finance officers the money alone."""
    sides = (order.buyer_id, order.listing.organization_id)
    return is_centre_staff(by) or any(by.acts_for(side) for side in sides)


def may_read_every_dossier(by: Actor) -> bool:
    """Auditors and the centre's administrators read the dossier of every trade."""
    return by.is_system or by.has(Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_dossier(by: Actor, order: Order) -> bool:
    """Who reads every dossier reads this one, and so do its two sides."""
    sides = (order.buyer_id, order.listing.organization_id)
    return may_read_every_dossier(by) or any(by.acts_for(side) for side in sides)


def side_of(by: Actor, order: Order) -> Side | None:
    """Return the side that the actor may sign for."""
    if by.has(Role.BUYER) and by.acts_for(order.buyer_id):
        return Side.BUYER
    if may_offer(by, order.listing.organization_id):
        return Side.SELLER
    return None
