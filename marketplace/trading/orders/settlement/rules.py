from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent
from marketplace.accounts.policies import is_centre_finance
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import credit_of, open_charge_of
from marketplace.trading.orders.settlement.states import AWAITED, OVER, ChargeState


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
    check_independent(by, *sides_of(order))
    charge = open_charge_of(order)
    if charge is None:
        raise WrongState(_("This order is not waiting for a payment. Reload the page."))
    _refuse_if_told(charge)
    return charge


def check_set_off_credit(charge: Charge, by: Actor) -> None:
    """Refuse to let a buyer's own credit pay an amount.

    Raises:
        NotAllowed: the actor does not pay for the order's buyer.
        WrongState: the amount is not owed any more, a payment of it is recorded and waits to be
            confirmed (`payment-recorded`), a dispute decides about it, or the buyer has no credit
            (`no-credit`).
    """
    order = charge.order
    if not by.has(Role.BUYER, Role.FINANCE) or not by.acts_for(order.buyer_id):
        raise NotAllowed(_("Only the buyer decides what its own credit pays."))
    if charge.state != ChargeState.OPEN or order.state not in (*AWAITED, *OVER):
        raise WrongState(_("This amount is not to be paid now. Reload the page."))
    _refuse_if_told(charge)
    if credit_of(order) <= 0:
        raise WrongState(_("There is no credit on the buyer's account."), code="no-credit")


def _refuse_if_told(charge: Charge) -> None:
    if charge.payment_told_at is not None:
        raise WrongState(
            _("A payment of this order waits for a second finance officer already."),
            code="payment-recorded",
        )


def check_finance_officer(by: Actor, *concerned: UUID | None) -> UUID:
    """Return the person who keeps the centre's books.

    `concerned` are the organizations whose money it is: none for the books as a whole.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or belongs to an organization
            whose money it is (`own-organization`).
    """
    if by.person_id is None or not is_centre_finance(by):
        raise NotAllowed(_("Only a finance officer of the centre can do this."))
    check_independent(by, *concerned)
    return by.person_id


ACTS_ON_CHARGE: Mapping[str, Rule[Charge]] = MappingProxyType(
    {"set_off_credit": check_set_off_credit}
)


def acts_on_charge(charge: Charge, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_CHARGE, charge, by)
