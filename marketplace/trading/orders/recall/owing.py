"""What a recall still owes a buyer, and of which orders money can be given back."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.settlement.refunding import REFUNDABLE
from marketplace.trading.orders.settlement.rules import check_finance_officer

NOTHING = Decimal(0)


def owed_of(order: Order) -> Decimal:
    """Return what the recall of an order still owes its buyer."""
    owed = Recall.objects.filter(order=order).values_list("owed", flat=True).first()
    return owed or NOTHING


def pay_owed(order: Order, amount: Decimal) -> Recall:
    """Note that a part of what a recall owed went back to the buyer of a locked order.

    The caller binds the recall that is returned.
    """
    recall = Recall.objects.select_for_update().get(order=order)
    recall.owed -= amount
    recall.refund = (recall.refund or NOTHING) + amount
    recall.save(update_fields=["owed", "refund"])
    return recall


def check_refundable(order: Order) -> None:
    """Refuse an order of which no money is given back.

    Raises:
        WrongState: nothing was paid, the order is over and no recall owes anything, or a dispute
            decides it.
    """
    if order.state not in REFUNDABLE and not owed_of(order):
        raise WrongState(_("This order has no money to be refunded, or a dispute decides it."))


def check_propose_refund(order: Order, by: Actor) -> UUID:
    """Return the person who proposes to give money of an order back.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: as for `check_refundable`.
    """
    person_id = check_finance_officer(by, *sides_of(order))
    check_refundable(order)
    return person_id
