from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class CeilingState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Under review")
    RETURNED = "returned", _("Returned for correction")
    IN_FORCE = "in_force", _("In force")
    CLOSED = "closed", _("No longer in force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNDECIDED = (CeilingState.DRAFT, CeilingState.SUBMITTED, CeilingState.RETURNED)
"""States in which a ceiling is being worked on."""

BEING_WRITTEN = (CeilingState.DRAFT, CeilingState.RETURNED)
"""States in which its figures may still change."""

CEILING: StateMachine[CeilingState] = StateMachine(
    "price ceiling",
    CeilingState,
    {
        CeilingState.DRAFT: {CeilingState.SUBMITTED, CeilingState.WITHDRAWN},
        CeilingState.SUBMITTED: {
            CeilingState.IN_FORCE,
            CeilingState.RETURNED,
            CeilingState.WITHDRAWN,
        },
        CeilingState.RETURNED: {CeilingState.SUBMITTED, CeilingState.WITHDRAWN},
        CeilingState.IN_FORCE: {CeilingState.CLOSED},
    },
)
