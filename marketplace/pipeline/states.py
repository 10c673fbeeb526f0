from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class SetAsideState(TextChoices):
    PUT_ASIDE = "put_aside", _("Put aside")
    DONE = "done", _("Done")


SET_ASIDE: StateMachine[SetAsideState] = StateMachine(
    "set_aside", SetAsideState, {SetAsideState.PUT_ASIDE: {SetAsideState.DONE}}
)
