"""The life of what is said of a bank line and outgoing money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
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
