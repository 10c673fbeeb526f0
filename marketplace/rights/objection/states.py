from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ObjectionState(TextChoices):
    OPEN = "open", _("Being investigated")
    REFERRED = "referred", _("Before a court or arbitrator")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")
    LAPSED = "lapsed", _("Lapsed with the claim")


OBJECTION: StateMachine[ObjectionState] = StateMachine(
    "objection",
    ObjectionState,
    {
        ObjectionState.OPEN: {
            ObjectionState.REFERRED,
            ObjectionState.UPHELD,
            ObjectionState.REJECTED,
            ObjectionState.LAPSED,
        },
        ObjectionState.REFERRED: {
            ObjectionState.UPHELD,
            ObjectionState.REJECTED,
            ObjectionState.LAPSED,
        },
    },
)


UNDECIDED = frozenset({ObjectionState.OPEN.value, ObjectionState.REFERRED.value})
"""The states of objections that hold a claim up."""
