from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class InquiryState(TextChoices):
    """Where an inquiry stands; everybody reads those that are answered."""

    ASKED = "asked", pgettext_lazy("inquiry", "Not answered yet")
    ANSWERED = "answered", pgettext_lazy("inquiry", "Answered")
    WITHHELD = "withheld", pgettext_lazy("inquiry", "Not shown")


INQUIRY: StateMachine[InquiryState] = StateMachine(
    "inquiry",
    InquiryState,
    {
        InquiryState.ASKED: {InquiryState.ANSWERED, InquiryState.WITHHELD},
        InquiryState.ANSWERED: {InquiryState.WITHHELD},
    },
)
