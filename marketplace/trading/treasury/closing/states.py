from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class ClosingState(TextChoices):
    PROPOSED = "proposed", _("Waits for a second finance officer")
    CONFIRMED = "confirmed", _("Confirmed, the day is closed")
    REJECTED = "rejected", _("Rejected")


CLOSING: StateMachine[ClosingState] = StateMachine(
    "closing_proposal",
    ClosingState,
    {ClosingState.PROPOSED: {ClosingState.CONFIRMED, ClosingState.REJECTED}},
)
