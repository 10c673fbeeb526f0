"""When the buyer of an order pays what, by the plan that was agreed for it."""

from marketplace.core import Actor, clock
from marketplace.core.months import months_after
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.charges import Due, open_charges, payment_due_on
from marketplace.trading.orders.settlement.models import ChargeKind


def schedule_of(order: Order) -> list[Due]:
    """Return the amounts of an order with their days, counted from today; none for what is free."""
    return [
        Due(due.amount, months_after(clock.today(), due.months) if due.months else payment_due_on())
        for due in order.agreed_plan.schedule()
    ]


def open_price(order: Order, *, by: Actor) -> None:
    """Ask the buyer of an order that both sides have signed for its price."""
    dues = schedule_of(order)
    kind = ChargeKind.INSTALMENT if len(dues) > 1 else ChargeKind.PRICE
    open_charges(order, dues, kind=kind, by=by)
