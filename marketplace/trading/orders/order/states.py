from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class OrderState(TextChoices):
    PLACED = "placed", _("Waiting for the seller")
    COUNTERED = "countered", _("Counter-offer, waiting for the buyer")
    EXPIRED = "expired", _("Offer not answered in time")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled before signing")
    ACCEPTED = "accepted", _("Accepted, waiting for signatures")
    SIGNED = "signed", _("Signed, waiting for the payment")
    PAID = "paid", _("Payment held, ready for delivery")
    DELIVERED = "delivered", _("Delivered, waiting for acceptance")
    OBJECTED = "objected", _("Objected to by the buyer")
    DISPUTED = "disputed", _("In dispute: payment and access are on hold")
    COMPLETED = "completed", _("Completed")
    REFUNDED = "refunded", _("Ended, the money went back to the buyer")
    TERMINATED = "terminated", _("Contract terminated")


ORDER: StateMachine[OrderState] = StateMachine(
    "order",
    OrderState,
    {
        OrderState.PLACED: {
            OrderState.ACCEPTED,
            OrderState.COUNTERED,
            OrderState.DECLINED,
            OrderState.CANCELLED,
            OrderState.EXPIRED,
        },
        OrderState.COUNTERED: {
            OrderState.ACCEPTED,
            OrderState.PLACED,
            OrderState.DECLINED,
            OrderState.CANCELLED,
            OrderState.EXPIRED,
        },
        OrderState.ACCEPTED: {OrderState.SIGNED, OrderState.CANCELLED},
        OrderState.SIGNED: {OrderState.PAID, OrderState.TERMINATED},
        OrderState.PAID: {
            OrderState.DELIVERED,
            # A sold right is delivered and accepted by the register's entry.
            OrderState.COMPLETED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.DELIVERED: {
            OrderState.COMPLETED,
            OrderState.OBJECTED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.OBJECTED: {
            # Other data is delivered in place of what was objected to.
            OrderState.PAID,
            OrderState.COMPLETED,
            OrderState.DISPUTED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.DISPUTED: {
            OrderState.PAID,
            OrderState.DELIVERED,
            OrderState.OBJECTED,
            OrderState.COMPLETED,
            OrderState.REFUNDED,
            OrderState.TERMINATED,
        },
        OrderState.COMPLETED: {OrderState.DISPUTED, OrderState.TERMINATED},
    },
)


OPEN_TO_BUYER = (
    OrderState.PAID,
    OrderState.DELIVERED,
    OrderState.OBJECTED,
    OrderState.COMPLETED,
)
"""The states in which the data is, or has been, the buyer's to use."""
NEGOTIATING = (OrderState.PLACED, OrderState.COUNTERED)
"""The states of an order whose latest offer one side has to answer."""


UNDONE = (
    OrderState.DECLINED,
    OrderState.EXPIRED,
    OrderState.CANCELLED,
    OrderState.REFUNDED,
    OrderState.TERMINATED,
)
"""The states of an order that came to nothing, and so leaves an exclusive listing free."""
