from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class MissedState(TextChoices):
    OWED = "owed", _("Credit owed")
    SET_OFF = "set_off", _("Taken off a bill")
    CREDITED = "credited", _("Credited")
    NOTHING = "nothing", _("Nothing to credit")


MISSED: StateMachine[MissedState] = StateMachine(
    "missed_revision",
    MissedState,
    {
        MissedState.OWED: {MissedState.SET_OFF, MissedState.CREDITED, MissedState.NOTHING},
        # A bill that falls when its contract ends gives back what was taken off it.
        MissedState.SET_OFF: {MissedState.OWED, MissedState.CREDITED, MissedState.NOTHING},
    },
)

UNSETTLED = (MissedState.OWED, MissedState.SET_OFF)
"""The states of what is not given yet, or on a bill that may still fall."""
