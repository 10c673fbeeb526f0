from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine


class RenewalState(TextChoices):
    WAITING = "waiting", pgettext_lazy("renewal", "Waiting for a second officer")
    APPROVED = "approved", pgettext_lazy("renewal", "Approved")
    RETURNED = "returned", pgettext_lazy("renewal", "Returned")
    DROPPED = "dropped", pgettext_lazy("renewal", "Dropped with its listing")


RENEWAL: StateMachine[RenewalState] = StateMachine(
    "renewal",
    RenewalState,
    {
        RenewalState.WAITING: {
            RenewalState.APPROVED,
            RenewalState.RETURNED,
            RenewalState.DROPPED,
        },
    },
)
