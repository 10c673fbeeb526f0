"""What was used is billed, a credit pays, and what is overdue is reminded of."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid, NotAllowed, WrongState, clock, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account
from marketplace.trading.orders.amendment.selectors import price_of_use
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.accounts import books_of
from marketplace.trading.orders.settlement.charges import Due, open_charge, payment_due_on
from marketplace.trading.orders.settlement.events import ChargeOverdue, CreditSetOff, UsageBilled
from marketplace.trading.orders.settlement.models import Charge, ChargeKind
from marketplace.trading.orders.settlement.paying import Money, pay, refuse_unless_payable
from marketplace.trading.orders.settlement.rules import check_set_off_credit
from marketplace.trading.orders.settlement.selectors import (
    charges_of,
    charges_to_remind,
    charges_visible_to,
)
from marketplace.trading.orders.settlement.states import ChargeState

# Bill what was used: delivery counts, the agreed plan prices, and a charge asks for it.

PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
USABLE = (
    *(OrderState.PAID, OrderState.DELIVERED, OrderState.OBJECTED),
    *(OrderState.DISPUTED, OrderState.COMPLETED, OrderState.TERMINATED),
)
"""The states of an order whose data can be or could be used."""


@transaction.atomic
def bill_usage(order_id: UUID, *, period: str, units: int, by: Actor) -> Charge | None:
    """Ask the buyer of an order for what was used in a calendar month, by the plan of that month.

    A month is billed once: again, with whatever units, answers the same charge. None where the
    plan asks nothing for so few units.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order was never paid, or its plan does not count use.
        Invalid: the period is no month written 2026-03, or the units are below zero.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software bills what it counted."))
    if not PERIOD.fullmatch(period) or units < 0:
        raise Invalid(_("Give a month as 2026-03 and how many units were used in it."))
    amount = price_of_use(order, period=period, units=units)
    if order.state not in USABLE or amount is None:
        raise WrongState(_("The use of this order is not billed."))
    billed = charges_of(order).filter(kind=ChargeKind.USAGE, period=period).first()
    if billed is not None:
        return billed
    if not amount:
        return None
    charge = open_charge(
        order,
        Due(amount, payment_due_on()),
        kind=ChargeKind.USAGE,
        number=charges_of(order).count() + 1,
        period=period,
        units=units,
        by=by,
    )
    record(
        UsageBilled(
            subject=f"order:{order.pk}",
            about=order.concerns,
            period=period,
            units=units,
            amount=str(amount),
            currency=order.currency,
        ),
        by=by,
    )
    return charge


# What stands on a buyer's account pays what it owes, where the buyer wants it to.


@transaction.atomic
def set_off_credit(charge_id: UUID, *, by: Actor) -> Charge:
    """Let the buyer's own credit pay an amount that it owes, as far as it goes.

    Raises:
        NotFound: there is no such amount among those the actor may see.
        NotAllowed: the actor does not pay for the order's buyer.
        WrongState: the amount is not owed any more, a payment of it is recorded and waits to be
            confirmed (`payment-recorded`), the buyer has no credit (`no-credit`), a dispute
            decides about it, or the listing does not stand.
    """
    order = locked(orders_visible_to(by), pk=visible(charges_visible_to(by), pk=charge_id).order_id)
    charge = locked(charges_visible_to(by), pk=charge_id)
    charge.order = order
    check_set_off_credit(charge, by)
    refuse_unless_payable(order)
    credit = Account.objects.select_for_update().get(pk=books_of(order).buyer.pk)
    amount = min(credit.balance, charge.still_open)
    pay(order, charge, Money(amount, clock.today()), by=by)
    record(
        CreditSetOff(
            subject=f"order:{order.pk}",
            about=order.concerns,
            amount=str(amount),
            currency=order.currency,
            reference=charge.reference,
        ),
        by=by,
    )
    return charge


# Remind of what is overdue: once at each stage, never daily.

STAGES = (1, 8, 31)
"""Days after the last day on which an unpaid charge is called to mind: to the buyer; then to the
seller too; at last to the centre's finance officers too."""


def remind_of_overdue_charges(*, by: Actor) -> list[UUID]:
    """Note what is overdue, once at each stage that is reached; return the charges.

    Several stages that were missed together are one reminder, of the last. The pipeline tells
    people. While a dispute stands still, so do the reminders.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    reminded = []
    for charge_id, order_id in list(charges_to_remind(clock.today(), STAGES)):
        with transaction.atomic():
            # The order's lock also keeps a payment of its charges apart.
            order = locked(orders_visible_to(by), pk=order_id)
            charge = Charge.objects.get(pk=charge_id)
            stage = sum(days <= (clock.today() - charge.due_on).days for days in STAGES)
            if charge.state != ChargeState.OPEN or stage <= charge.reminded:
                continue
            if order.state != OrderState.DISPUTED:
                _remind(order, charge, stage, by=by)
                reminded.append(charge_id)
    return reminded


def _remind(order: Order, charge: Charge, stage: int, *, by: Actor) -> None:
    charge.reminded = stage
    charge.save(update_fields=["reminded"])
    record(
        ChargeOverdue(
            subject=f"order:{order.pk}",
            about=order.concerns,
            stage=stage,
            amount=str(charge.still_open),
            currency=charge.currency,
            due_on=charge.due_on.isoformat(),
            reference=charge.reference,
        ),
        by=by,
    )
