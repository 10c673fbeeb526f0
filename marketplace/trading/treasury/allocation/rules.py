from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.core import Actor, Allowed, Rule, WrongState, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.rules import check_confirm_payment, check_reject_payment
from marketplace.trading.treasury.payment.states import PaymentState
from marketplace.trading.treasury.payout.rules import check_propose_return
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


ACTS_ON_PAYMENT: Mapping[str, Rule[Payment]] = MappingProxyType(
    {
        "confirm_payment": check_confirm_payment,
        "reject_payment": check_reject_payment,
        "allocate_payment": check_allocate_payment,
        "propose_return": check_propose_return,
    }
)


def acts_on_payment(payment: Payment, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_PAYMENT, payment, by)
