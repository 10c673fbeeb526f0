from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("IncomeShareState")
class ShareState(TextChoices):
    """Whether later contracts name an income share."""

    PROPOSED = "proposed", pgettext_lazy("income share", "Proposed")
    AGREED = "agreed", pgettext_lazy("income share", "Agreed")
    DECLINED = "declined", pgettext_lazy("income share", "Declined")
    ENDED = "ended", pgettext_lazy("income share", "Ended")


SHARE: StateMachine[ShareState] = StateMachine(
    "income_share",
    ShareState,
    {
        ShareState.PROPOSED: {ShareState.AGREED, ShareState.DECLINED, ShareState.ENDED},
        ShareState.AGREED: {ShareState.ENDED},
    },
)
