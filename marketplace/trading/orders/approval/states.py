from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ApprovalState(TextChoices):
    ASKED = "asked", _("Waiting for a second person")
    APPROVED = "approved", pgettext_lazy("approval to sign", "Approved")
    REFUSED = "refused", pgettext_lazy("approval to sign", "Refused")
    FALLEN = "fallen", _("Fallen: it covers the text no more")


APPROVAL: StateMachine[ApprovalState] = StateMachine(
    "approval to sign",
    ApprovalState,
    {
        ApprovalState.ASKED: {
            ApprovalState.APPROVED,
            ApprovalState.REFUSED,
            ApprovalState.FALLEN,
        },
        # Of another text than was approved, or of who may not sign for the sum any more.
        ApprovalState.APPROVED: {ApprovalState.FALLEN},
    },
)

OPEN = (ApprovalState.ASKED, ApprovalState.APPROVED)
"""The states of which a side has one at most for a text."""
