from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class PushState(TextChoices):
    OPEN = "open", _("Being sent")
    COMMITTED = "committed", _("Committed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


PUSH: StateMachine[PushState] = StateMachine(
    "push",
    PushState,
    {PushState.OPEN: {PushState.COMMITTED, PushState.CANCELLED, PushState.EXPIRED}},
)
