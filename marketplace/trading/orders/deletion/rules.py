from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, NotFound, WrongState
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.selectors import deletion_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side


def check_deleting_buyer(order: Order, by: Actor) -> UUID:
    """Return the person who states a deletion for the buyer of an order.

    Raises:
        NotAllowed: the actor does not buy for the order's buyer.
    """
    if checked_side(by, order) != Side.BUYER or by.person_id is None:
        raise NotAllowed(_("Only the buyer can state that the data is deleted."))
    return by.person_id


def check_state_deletion(order: Order, by: Actor) -> Deletion:
    """Return what the buyer of an order owes: the statement that all copies are deleted.

    Raises:
        NotFound: no deletion is asked.
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: it is stated already (`deletion-stated`).
    """
    check_deleting_buyer(order, by)
    deletion = deletion_of(order)
    if deletion is None:
        raise NotFound(_("Use of this data goes on, or no rows left: nothing is to be deleted."))
    if deletion.stated_at is not None:
        raise WrongState(_("The deletion is stated already."), code="deletion-stated")
    return deletion
