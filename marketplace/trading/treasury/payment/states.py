from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class PaymentState(TextChoices):
    RECORDED = "recorded", _("Waits for a second finance officer")
    UNALLOCATED = "unallocated", _("Not allocated")
    ALLOCATED = "allocated", _("Allocated to an order")
    RETURNED = "returned", _("Returned to the sender")
    REJECTED = "rejected", _("Never arrived")
    BANK_OWN = "bank_own", _("The bank's own")


PAYMENT: StateMachine[PaymentState] = StateMachine(
    "payment",
    PaymentState,
    {
        PaymentState.RECORDED: {
            PaymentState.ALLOCATED,
            PaymentState.UNALLOCATED,
            PaymentState.REJECTED,
        },
        PaymentState.UNALLOCATED: {
            PaymentState.ALLOCATED,
            PaymentState.RETURNED,
            PaymentState.BANK_OWN,
        },
        # What was booked as the bank's own and was reversed waits again.
        PaymentState.BANK_OWN: {PaymentState.UNALLOCATED},
    },
)

NOT_BOOKED = (PaymentState.RECORDED, PaymentState.REJECTED)
"""What somebody only said: no money stands in the books for it."""
