"""Whether an order lets its data be used at this moment; delivery asks before each access."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import WrongState, clock, share_locked
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.selectors import overdue_charge_of

ENDED = (OrderState.REFUNDED, OrderState.TERMINATED)


def refuse_unless_usable(order_id: UUID, *, is_shared: bool = False) -> Order:
    """Lock an order in the caller's transaction, and return it where its data may be used.

    It is locked for change, since the same request may mark it delivered; who does not, shares it.

    Raises:
        WrongState: it is in dispute (`order-disputed`), it ended (`order-ended`), or an amount is
            overdue (`payment-overdue`).
    """
    if is_shared:
        order = share_locked(Order.objects.all(), pk=order_id)
    else:
        order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    check_usable(order)
    return order


def check_usable(order: Order) -> None:
    """Ask whether the data of an order may be used, without a lock.

    Raises:
        WrongState: as for `refuse_unless_usable`.
    """
    if order.state == OrderState.DISPUTED:
        raise WrongState(
            _("This order is in dispute: access stands still until it ends."),
            code="order-disputed",
        )
    if order.state in ENDED:
        raise WrongState(_("This order ended, and with it the access."), code="order-ended")
    overdue = overdue_charge_of(order, on=clock.today())
    if overdue is not None:
        raise WrongState(
            _(
                "An amount of this order has been overdue since %(day)s. Access resumes once it "
                "is paid."
            )
            % {"day": overdue.due_on.isoformat()},
            code="payment-overdue",
        )
