"""What the acts on the money of an order refuse, by right and state."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.selectors import is_centre_finance
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.refunding import REFUNDABLE
from marketplace.trading.orders.settlement.selectors import open_charge_of


def check_records_payments(by: Actor) -> None:
    """Refuse who does not see what arrives at the centre's bank.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
    """
    if not is_centre_finance(by):
        raise NotAllowed(_("Only a finance officer of the centre can record a payment."))


def check_record_payment(order: Order, by: Actor) -> Charge:
    """Return what the buyer of an order owes next.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the order is not waiting for a payment, or one is recorded and waits to be
            confirmed (`payment-recorded`).
    """
    check_records_payments(by)
    charge = open_charge_of(order)
    if charge is None:
        raise WrongState(_("This order is not waiting for a payment. Reload the page."))
    if charge.payment_told_at is not None:
        raise WrongState(
            _("A payment of this order waits for a second finance officer already."),
            code="payment-recorded",
        )
    return charge


def check_finance_officer(by: Actor) -> UUID:
    """Return the person who keeps the centre's books.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
    """
    if by.person_id is None or not is_centre_finance(by):
        raise NotAllowed(_("Only a finance officer of the centre can do this."))
    return by.person_id


def check_propose_refund(order: Order, by: Actor) -> UUID:
    """Return the person who proposes to give money of an order back.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: nothing was paid, the order is over, or a dispute decides it.
    """
    person_id = check_finance_officer(by)
    if order.state not in REFUNDABLE:
        raise WrongState(_("This order has no money to be refunded, or a dispute decides it."))
    return person_id
