from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class DisputeState(TextChoices):
    OPEN = "open", _("Open, the centre mediates")
    PROPOSED = "proposed", _("A settlement is proposed")
    DECIDED = "decided", _("Decided, may be appealed")
    APPEALED = "appealed", _("Before a court or arbitrator")
    SETTLED = "settled", _("Settled by both sides")
    CLOSED = "closed", _("Closed by decision")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DISPUTE: StateMachine[DisputeState] = StateMachine(
    "dispute",
    DisputeState,
    {
        DisputeState.OPEN: {
            DisputeState.PROPOSED,
            DisputeState.DECIDED,
            DisputeState.WITHDRAWN,
        },
        DisputeState.PROPOSED: {
            DisputeState.OPEN,
            DisputeState.SETTLED,
            DisputeState.DECIDED,
            DisputeState.WITHDRAWN,
        },
        DisputeState.DECIDED: {DisputeState.APPEALED, DisputeState.CLOSED},
        DisputeState.APPEALED: {DisputeState.CLOSED},
    },
)
UNDECIDED = (DisputeState.OPEN, DisputeState.PROPOSED)
UNENDED = (*UNDECIDED, DisputeState.DECIDED, DisputeState.APPEALED)
"""The states in which money and access stand still."""
