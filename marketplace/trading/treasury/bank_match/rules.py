from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, Allowed, Rule, WrongState, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank_item.selectors import is_said
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.states import MATCH, MatchState
from marketplace.trading.treasury.payout.at_bank import is_named, names_outgoing
from marketplace.trading.treasury.payout.selectors import organizations_of


def check_confirm_match(match: BankMatch, by: Actor) -> UUID:
    """Return the person who says that a bank line is this money that went out.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was confirmed, or declined and that was not taken back; or one of the two is
            confirmed (`line-confirmed`, `outgoing-confirmed`) or found by reference
            (`found-by-reference`) otherwise; or the line is said to be the bank's own
            (`line-has-home`).
    """
    person_id = check_finance_officer(by, *organizations_of(match.disbursement))
    if names_outgoing(match.line) or is_named(match.disbursement):
        raise WrongState(
            _(
                "The bank's own text bears our payment reference, for the line or for this "
                "outgoing money. There is nothing to confirm."
            ),
            code="found-by-reference",
        )
    if is_said(match.line):
        raise WrongState(
            _("This line is said to be the bank's own. Reject that first, if it is not booked."),
            code="line-has-home",
        )
    confirmed = BankMatch.objects.filter(state=MatchState.CONFIRMED).exclude(pk=match.pk)
    if confirmed.filter(line=match.line).exists():
        raise WrongState(
            _("This line is confirmed as other money already. Take that back first."),
            code="line-confirmed",
        )
    if confirmed.filter(disbursement=match.disbursement).exists():
        raise WrongState(
            _("This outgoing money is confirmed as another line already. Take that back first."),
            code="outgoing-confirmed",
        )
    MATCH.check(match, MatchState.CONFIRMED)
    return person_id


def check_decline_match(match: BankMatch, by: Actor) -> UUID:
    """Return the person who says that a bank line is other money than this.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was declined, or confirmed and that was not taken back.
    """
    person_id = check_finance_officer(by, *organizations_of(match.disbursement))
    MATCH.check(match, MatchState.DECLINED)
    return person_id


def check_withdraw_match(match: BankMatch, by: Actor) -> UUID:
    """Return the person who takes back what was said of a bank line.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was taken back already.
    """
    person_id = check_finance_officer(by, *organizations_of(match.disbursement))
    MATCH.check(match, MatchState.WITHDRAWN)
    return person_id


ACTS_ON_MATCH: Mapping[str, Rule[BankMatch]] = MappingProxyType(
    {
        "confirm_match": check_confirm_match,
        "decline_match": check_decline_match,
        "withdraw_match": check_withdraw_match,
    }
)


def acts_on_match(match: BankMatch, by: Actor) -> Allowed:
    """Return which acts on a bank line and outgoing money are open to the actor."""
    return rules.allowed(ACTS_ON_MATCH, match, by)
