from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api
from marketplace.trading.orders.order.states import OrderState


@named_in_api()
class AmendmentState(TextChoices):
    PROPOSED = "proposed", _("Waiting for signatures")
    IN_FORCE = "in_force", _("Signed by both sides, in force")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Not signed by both sides in time")


AMENDMENT: StateMachine[AmendmentState] = StateMachine(
    "amendment",
    AmendmentState,
    {
        AmendmentState.PROPOSED: {
            AmendmentState.IN_FORCE,
            AmendmentState.DECLINED,
            AmendmentState.WITHDRAWN,
            AmendmentState.EXPIRED,
        }
    },
)

AMENDABLE = (
    OrderState.SIGNED,
    OrderState.PAID,
    OrderState.DELIVERED,
    OrderState.OBJECTED,
    OrderState.COMPLETED,
)
"""The states of an order whose contract both sides may amend."""
