"""The life of a bank statement."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class StatementState(TextChoices):
    IMPORTED = "imported", _("Waits for a second finance officer")
    CONFIRMED = "confirmed", _("Confirmed, being booked")
    BOOKED = "booked", _("Booked")
    REJECTED = "rejected", _("Rejected")


STATEMENT: StateMachine[StatementState] = StateMachine(
    "bank_statement",
    StatementState,
    {
        StatementState.IMPORTED: {StatementState.CONFIRMED, StatementState.REJECTED},
        StatementState.CONFIRMED: {StatementState.BOOKED},
    },
)
TOLD = (StatementState.CONFIRMED, StatementState.BOOKED)
"""What two finance officers have seen: the bank's own word."""
