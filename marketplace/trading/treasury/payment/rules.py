"""What the acts on a payment refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import PaymentState
from marketplace.trading.treasury.payout.selectors import is_being_returned


def check_allocate_payment(payment: Payment, by: Actor) -> None:
    """Refuse to allocate a payment.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the payment waits no more, or its return is proposed.
    """
    check_finance_officer(by)
    if payment.state != PaymentState.UNALLOCATED or is_being_returned(payment):
        raise WrongState(_("This payment is not waiting any more. Reload the page."))
