from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("ChangeState")
class ProposalState(TextChoices):
    OPEN = "open", _("Waiting for a second person")
    APPROVED = "approved", _("Approved, takes effect on its day")
    DONE = "done", _("In effect")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


PROPOSAL: StateMachine[ProposalState] = StateMachine(
    "change of people",
    ProposalState,
    {
        ProposalState.OPEN: {
            ProposalState.APPROVED,
            ProposalState.REFUSED,
            ProposalState.WITHDRAWN,
            ProposalState.LAPSED,
        },
        ProposalState.APPROVED: {
            ProposalState.DONE,
            ProposalState.WITHDRAWN,
            ProposalState.LAPSED,
        },
    },
)

PENDING = frozenset({ProposalState.OPEN.value, ProposalState.APPROVED.value})
"""The states of proposals that can still take effect."""
