"""The lives of bank statements, and of what is said about their lines."""

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


class MatchState(TextChoices):
    """What a finance officer says about a line of the bank and money that went out."""

    CONFIRMED = "confirmed", _("Confirmed: the same money")
    DECLINED = "declined", _("Declined: other money")
    WITHDRAWN = "withdrawn", _("Taken back")


MATCH: StateMachine[MatchState] = StateMachine(
    "bank_match",
    MatchState,
    {
        MatchState.CONFIRMED: {MatchState.WITHDRAWN},
        MatchState.DECLINED: {MatchState.WITHDRAWN},
        MatchState.WITHDRAWN: {MatchState.CONFIRMED, MatchState.DECLINED},
    },
)
