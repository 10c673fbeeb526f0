from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class AssessmentState(TextChoices):
    MADE = "made", pgettext_lazy("impact assessment", "Waiting for a second person")
    RETURNED = "returned", pgettext_lazy("impact assessment", "Returned for correction")
    APPROVED = "approved", pgettext_lazy("impact assessment", "Approved")


ASSESSMENT: StateMachine[AssessmentState] = StateMachine(
    "impact assessment",
    AssessmentState,
    {AssessmentState.MADE: {AssessmentState.RETURNED, AssessmentState.APPROVED}},
)
