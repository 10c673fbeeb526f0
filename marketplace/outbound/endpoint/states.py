from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class EndpointState(TextChoices):
    IN_USE = "in_use", _("In use")
    DISABLED = "disabled", _("Disabled")
    CLOSED = "closed", _("Closed")


ENDPOINT: StateMachine[EndpointState] = StateMachine(
    "endpoint",
    EndpointState,
    {
        EndpointState.IN_USE: {EndpointState.DISABLED, EndpointState.CLOSED},
        EndpointState.DISABLED: {EndpointState.IN_USE, EndpointState.CLOSED},
    },
)
