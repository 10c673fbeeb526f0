from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class DisbursementState(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("Approved and booked")
    REJECTED = "rejected", _("Rejected")


DISBURSEMENT: StateMachine[DisbursementState] = StateMachine(
    "disbursement",
    DisbursementState,
    {DisbursementState.PROPOSED: {DisbursementState.APPROVED, DisbursementState.REJECTED}},
)
