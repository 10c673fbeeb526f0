"""Who may do what with an order."""

from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState


class Side(TextChoices):
    SELLER = "seller", _("Seller")
    BUYER = "buyer", _("Buyer")


def may_answer_order(by: Actor, order: Order) -> bool:
    """The side accepts and declines that the latest offer was made to: first the seller."""
    turn = Side.BUYER if order.state == OrderState.COUNTERED else Side.SELLER
    return side_of(by, order) == turn


def may_see_delivery(by: Actor, order: Order) -> bool:
    """The sides and the centre's staff see a delivery; its finance officers the money alone."""
    return is_centre_staff(by) or any(by.acts_for(side) for side in sides_of(order))


def may_read_every_dossier(by: Actor) -> bool:
    """Auditors and the centre's administrators read the dossier of every trade."""
    return by.is_system or by.has(Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_dossier(by: Actor, order: Order) -> bool:
    """Who reads every dossier reads this one, and so do its two sides."""
    return may_read_every_dossier(by) or any(by.acts_for(side) for side in sides_of(order))


def checked_side(by: Actor, order: Order) -> Side | None:
    """Return the side that the actor may sign for, as `side_of` does, and refuse who has both.

    Raises:
        NotAllowed: they hold accounts with both sides (`both-sides`).
    """
    seller_id, buyer_id = sides_of(order)
    if by.acts_for(seller_id):
        check_one_side(by, buyer_id)
    if by.acts_for(buyer_id):
        check_one_side(by, seller_id)
    return side_of(by, order)


def sides_of(order: Order) -> tuple[UUID, UUID]:
    """Return the organizations of an order: who sells, and who buys."""
    return (order.listing.organization_id, order.buyer_id)


def side_of(by: Actor, order: Order) -> Side | None:
    """Return the side that the actor may sign for: none, where they belong to the other one too."""
    seller_id, buyer_id = sides_of(order)
    if by.has(Role.BUYER) and by.acts_for(buyer_id):
        return None if by.belongs_to(seller_id) else Side.BUYER
    if may_offer(by, seller_id):
        return None if by.belongs_to(buyer_id) else Side.SELLER
    return None
