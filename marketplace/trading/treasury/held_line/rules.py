from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.states import HELD_LINE, OPEN, HeldState


def refuse_held(line: BankLine) -> None:
    """Refuse a line of which nobody has decided whether it was told before.

    Raises:
        WrongState: it is held (`line-held`).
    """
    if HeldLine.objects.filter(line=line, state__in=OPEN).exists():
        raise WrongState(
            _(
                "This line may be told twice, and is held. Two finance officers first say whether "
                "it is the same line or another one."
            ),
            code="line-held",
        )


def check_propose_held_line(held: HeldLine, by: Actor) -> UUID:
    """Return the finance officer who says what a held line is.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: somebody has said it already.
    """
    person_id = check_finance_officer(by)
    HELD_LINE.check(held, HeldState.PROPOSED)
    return person_id


def check_confirm_held_line(held: HeldLine, by: Actor) -> UUID:
    """Return the second finance officer who sees that a held line is what was said.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or said it
            (`proposed-by-you`).
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    HELD_LINE.check(held, HeldState(held.says or HeldState.SAME))
    if not is_second("held line", held.proposed_by_id, by, of=()):
        raise NotAllowed(
            _("Who says what a bank line is does not confirm it. Ask a second finance officer."),
            code="proposed-by-you",
        )
    return person_id


def check_reject_held_line(held: HeldLine, by: Actor) -> UUID:
    """Return the finance officer who does not see what was said of a held line.

    Who said it may take it back: the line stays held.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    HELD_LINE.check(held, HeldState.HELD)
    return person_id


ACTS_ON_HELD_LINE: Mapping[str, Rule[HeldLine]] = MappingProxyType(
    {
        "propose_held_line": check_propose_held_line,
        "confirm_held_line": check_confirm_held_line,
        "reject_held_line": check_reject_held_line,
    }
)


def acts_on_held_line(held: HeldLine, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_HELD_LINE, held, by)
