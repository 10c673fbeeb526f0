from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.trading.orders.order.states import OrderState


class ChargeState(TextChoices):
    OPEN = "open", _("To be paid")
    PAID = "paid", _("Paid, held by the centre")
    SETTLED = "settled", _("Settled")
    VOID = "void", _("Not owed any more")


CHARGE: StateMachine[ChargeState] = StateMachine(
    "charge",
    ChargeState,
    {
        ChargeState.OPEN: {ChargeState.PAID, ChargeState.VOID},
        ChargeState.PAID: {ChargeState.SETTLED},
    },
)

AWAITED = (OrderState.SIGNED, OrderState.PAID, OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order whose money is held until its delivery is accepted."""
OVER = (OrderState.COMPLETED, OrderState.TERMINATED)
"""The states in which nothing is held any more: a later bill, such as for use, goes through."""
