from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.closing.states import CLOSING, ClosingState


def refuse_closed(day: date) -> None:
    """Refuse a day that is closed.

    Raises:
        WrongState: it is, or a later one and this one with it (`day-closed`).
    """
    if DayClosing.objects.filter(day__gte=day).exists():
        raise WrongState(
            _("This day is closed already, by itself or with a later one."), code="day-closed"
        )


def check_confirm_closing(proposal: ClosingProposal, by: Actor) -> UUID:
    """Return the second finance officer who closes a day.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or proposed it
            (`proposed-by-you`).
        WrongState: it waits for nobody, or the day is closed with a later one (`day-closed`).
    """
    person_id = check_finance_officer(by)
    CLOSING.check(proposal, ClosingState.CONFIRMED)
    if not is_second("closing", proposal.proposed_by_id, by, of=()):
        raise NotAllowed(
            _("Who proposes to close a day does not close it. Ask a second finance officer."),
            code="proposed-by-you",
        )
    refuse_closed(proposal.day)
    return person_id


def check_reject_closing(proposal: ClosingProposal, by: Actor) -> UUID:
    """Return the finance officer who leaves a day open.

    Who proposed it may take it back: that closes nothing.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    CLOSING.check(proposal, ClosingState.REJECTED)
    return person_id


ACTS_ON_CLOSING: Mapping[str, Rule[ClosingProposal]] = MappingProxyType(
    {"confirm_closing": check_confirm_closing, "reject_closing": check_reject_closing}
)


def acts_on_closing(proposal: ClosingProposal, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_CLOSING, proposal, by)
