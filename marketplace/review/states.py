from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class CaseState(TextChoices):
    OPEN = "open", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for correction")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CASE: StateMachine[CaseState] = StateMachine(
    "case",
    CaseState,
    {
        CaseState.OPEN: {
            CaseState.APPROVED,
            CaseState.RETURNED,
            CaseState.REFUSED,
            CaseState.WITHDRAWN,
        }
    },
)
