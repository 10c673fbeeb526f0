from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class DisbursementState(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("Approved and booked")
    REJECTED = "rejected", _("Rejected")


DISBURSEMENT: StateMachine[DisbursementState] = StateMachine(
    "disbursement",
    DisbursementState,
    {DisbursementState.PROPOSED: {DisbursementState.APPROVED, DisbursementState.REJECTED}},
)
