from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("CentreSettingState")
class SettingState(TextChoices):
    OPEN = "open", _("Waiting for a second administrator")
    CONFIRMED = "confirmed", _("Set by two")
    DROPPED = "dropped", _("Dropped")


SETTING: StateMachine[SettingState] = StateMachine(
    "setting of the centre",
    SettingState,
    {SettingState.OPEN: {SettingState.CONFIRMED, SettingState.DROPPED}},
)
