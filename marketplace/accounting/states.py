from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class RecognitionState(TextChoices):
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned for correction")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


RECOGNITION: StateMachine[RecognitionState] = StateMachine(
    "recognition",
    RecognitionState,
    {
        RecognitionState.SUBMITTED: {
            RecognitionState.IN_FORCE,
            RecognitionState.RETURNED,
            RecognitionState.WITHDRAWN,
        },
        RecognitionState.IN_FORCE: {RecognitionState.SUPERSEDED, RecognitionState.WITHDRAWN},
    },
)
