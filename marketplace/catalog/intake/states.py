from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class IntakeState(TextChoices):
    """Where a file stands between its upload and a version."""

    WAITING = "waiting", _("Waits to be looked at")
    TAKEN = "taken", _("Taken as a version")
    DROPPED = "dropped", _("Dropped")
    EXPIRED = "expired", _("Expired")


INTAKE: StateMachine[IntakeState] = StateMachine(
    "intake",
    IntakeState,
    {IntakeState.WAITING: {IntakeState.TAKEN, IntakeState.DROPPED, IntakeState.EXPIRED}},
)
