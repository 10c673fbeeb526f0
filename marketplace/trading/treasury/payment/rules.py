from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.core.rules import opens
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.orders.settlement.states import ChargeState
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import recorded_payments
from marketplace.trading.treasury.payment.states import PaymentState


def payers_of(payment: Payment) -> tuple[UUID | None, ...]:
    """Return the sides of what a payment was recorded for: nobody's, where it fits nothing."""
    return (None,) if payment.charge is None else sides_of(payment.charge.order)


@opens("order_payment")
def check_recorded_payment(order: Order, by: Actor) -> None:
    """Refuse to lead to the payment of an order that was recorded and that nobody has confirmed.

    Raises:
        NotAllowed, WrongState: as for `recorded_payment`.
    """
    recorded_payment(order, by)


def recorded_payment(order: Order, by: Actor) -> Payment:
    """Return the payment of an order that was recorded and that nobody has confirmed.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: no payment of the order waits.
    """
    check_finance_officer(by)
    payment = recorded_payments(by).filter(charge__order=order).first()
    if payment is None:
        raise WrongState(_("No payment of this order waits for a second finance officer."))
    return payment


def check_confirm_payment(payment: Payment, by: Actor) -> UUID:
    """Return the second finance officer who has seen a recorded payment at the bank.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or recorded it.
        WrongState: it waits for nobody, or what it would pay is not owed any more.
    """
    person_id = _check_recorded(payment, by)
    if not is_second("payment", payment.recorded_by_id, by, of=payers_of(payment)):
        raise NotAllowed(
            _("Who recorded a payment does not confirm it. Ask a second finance officer."),
            code="recorded-by-you",
        )
    if payment.charge is None or payment.charge.state != ChargeState.OPEN:
        raise WrongState(
            _("What this payment is for is paid already, or owed no more. Reject it."),
            code="charge-not-owed",
        )
    return person_id


def check_reject_payment(payment: Payment, by: Actor) -> UUID:
    """Return the finance officer who says that a recorded payment has not arrived.

    Who recorded it may take it back: that opens nothing.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
    """
    return _check_recorded(payment, by)


def _check_recorded(payment: Payment, by: Actor) -> UUID:
    person_id = check_finance_officer(by, *payers_of(payment))
    if payment.state != PaymentState.RECORDED:
        raise WrongState(_("This payment waits for no second finance officer. Reload the page."))
    return person_id
