"""What the acts on a dispute refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Instead, NotAllowed, WrongState
from marketplace.trading.orders.dispute.selectors import open_dispute_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of
from marketplace.trading.orders.order.states import ORDER, OrderState
from marketplace.trading.orders.right_sale.sold_rights import refuse_while_right_passes


def check_disputing_side(order: Order, by: Actor) -> Side:
    """Return the side that the actor disputes for.

    Raises:
        NotAllowed: it is neither.
    """
    side = side_of(by, order)
    if side is None or by.person_id is None or by.organization_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can open a dispute."))
    return side


def check_open_dispute(order: Order, by: Actor) -> Side:
    """Return the side that disputes an order.

    Raises:
        NotAllowed: the actor acts for neither side.
        WrongState: the order was never paid, it ended, is disputed already (`dispute-running`), or
            the register passes the right that it sold (`right-passing`).
    """
    side = check_disputing_side(order, by)
    opened = open_dispute_of(order)
    if opened is not None:
        raise WrongState(
            _(
                "This order is disputed already. Go to its dispute and add a file there that says "
                "your part."
            ),
            code="dispute-running",
            instead=Instead("dispute_detail", "api_get_dispute", opened.pk, _("To the dispute")),
        )
    if not ORDER.may_move(order.state, OrderState.DISPUTED):
        raise WrongState(
            _("There is nothing to dispute: no payment is held, or the order is over.")
        )
    if order.state == OrderState.PAID:
        refuse_while_right_passes(order)
    return side
