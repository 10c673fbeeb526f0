from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class DemandState(TextChoices):
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed by the buyer")
    EXPIRED = "expired", pgettext_lazy("request for data", "Run out")


DEMAND: StateMachine[DemandState] = StateMachine(
    "demand",
    DemandState,
    {DemandState.OPEN: {DemandState.CLOSED, DemandState.EXPIRED}},
)
