from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class AppraisalState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned for correction")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


UNDECIDED = (AppraisalState.DRAFT, AppraisalState.SUBMITTED, AppraisalState.RETURNED)
"""States in which a valuation is being worked on."""
BEING_WRITTEN = (AppraisalState.DRAFT, AppraisalState.RETURNED)

PAST_APPRAISAL = (AppraisalState.SUPERSEDED, AppraisalState.WITHDRAWN, AppraisalState.EXPIRED)
"""States after which a value is found anew."""

APPRAISAL: StateMachine[AppraisalState] = StateMachine(
    "appraisal",
    AppraisalState,
    {
        AppraisalState.DRAFT: {AppraisalState.SUBMITTED, AppraisalState.WITHDRAWN},
        AppraisalState.SUBMITTED: {
            AppraisalState.IN_FORCE,
            AppraisalState.RETURNED,
            AppraisalState.WITHDRAWN,
        },
        AppraisalState.RETURNED: {AppraisalState.SUBMITTED, AppraisalState.WITHDRAWN},
        AppraisalState.IN_FORCE: {
            AppraisalState.SUPERSEDED,
            AppraisalState.WITHDRAWN,
            AppraisalState.EXPIRED,
        },
    },
)
