from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class MessageState(TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given_up", _("Given up")


MESSAGE: StateMachine[MessageState] = StateMachine(
    "message",
    MessageState,
    {
        MessageState.WAITING: {MessageState.DELIVERED, MessageState.GIVEN_UP},
        # Somebody has it sent again.
        MessageState.DELIVERED: {MessageState.WAITING},
        MessageState.GIVEN_UP: {MessageState.WAITING, MessageState.DELIVERED},
    },
)
