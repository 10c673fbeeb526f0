from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ReidentificationState(TextChoices):
    RECEIVED = "received", pgettext_lazy("re-identification", "Waiting to be examined")
    EXAMINED = "examined", pgettext_lazy("re-identification", "Examined, waiting for a second")
    PROVEN = "proven", pgettext_lazy("re-identification", "Proven: the verdict is withdrawn")
    NOT_PROVEN = "not_proven", pgettext_lazy("re-identification", "Not proven")


REIDENTIFICATION: StateMachine[ReidentificationState] = StateMachine(
    "reidentification",
    ReidentificationState,
    {
        ReidentificationState.RECEIVED: {ReidentificationState.EXAMINED},
        ReidentificationState.EXAMINED: {
            # The second examiner did not agree: it is examined anew.
            ReidentificationState.RECEIVED,
            ReidentificationState.PROVEN,
            ReidentificationState.NOT_PROVEN,
        },
    },
)
UNDECIDED = (ReidentificationState.RECEIVED, ReidentificationState.EXAMINED)
"""The states of a report that still waits for somebody."""
