from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.orders.order.models import Order


def check_is_bought(order: Order, by: Actor) -> None:
    """Refuse to make something from data that one has not bought.

    Raises:
        NotAllowed: the actor does not belong to the buyer.
        WrongState: nothing was delivered of it yet (`not-delivered`).
    """
    if not by.acts_for(order.buyer_id):
        raise NotAllowed(_("Only the buyer of data says what was made from it."))
    if order.delivered_at is None:
        raise WrongState(
            _("Nothing of this order was delivered yet, so that nothing is made from it."),
            code="not-delivered",
        )
