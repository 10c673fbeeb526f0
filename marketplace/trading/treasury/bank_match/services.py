"""A finance officer says which bank line was which outgoing money, and may take it back."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, locked, visible
from marketplace.core.arguments import Key, reason_of
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to
from marketplace.trading.treasury.bank_match.events import (
    BankMatchConfirmed,
    BankMatchDeclined,
    BankMatchWithdrawn,
)
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.rules import (
    check_confirm_match,
    check_decline_match,
    check_withdraw_match,
)
from marketplace.trading.treasury.bank_match.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank_match.states import MATCH, MatchState
from marketplace.trading.treasury.held_line.days import first_told
from marketplace.trading.treasury.held_line.rules import refuse_held
from marketplace.trading.treasury.payout.at_bank import may_have_paid
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to

WHY = reason_of(BankMatch)
MONEY = Key(label=gettext_lazy("Outgoing money"))


@transaction.atomic
def confirm_match(line_id: UUID, *, disbursement: Annotated[UUID, MONEY], by: Actor) -> BankMatch:
    """Say that a bank line without our reference is this money that went out.

    Raises:
        NotFound: there is no such line or outgoing money among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was declined and that was not taken back, or one of the two is confirmed or
            found by reference otherwise; or the line is held (`line-held`).
        Invalid: the line could not be this money: another amount, currency or day.
    """
    match = _match_of(*_both(line_id, disbursement, by=by))
    if match.state == MatchState.CONFIRMED:
        return match
    check_confirm_match(match, by)
    _say(match, MatchState.CONFIRMED, by=by)
    _tell(BankMatchConfirmed, match, by=by)
    return match


@transaction.atomic
def decline_match(line_id: UUID, *, disbursement: Annotated[UUID, MONEY], by: Actor) -> BankMatch:
    """Say that a bank line is other money than this, so that they are likely no more.

    Raises:
        NotFound: there is no such line or outgoing money among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was confirmed and that was not taken back, or the line is held
            (`line-held`).
        Invalid: the line could not be this money: another amount, currency or day.
    """
    match = _match_of(*_both(line_id, disbursement, by=by))
    if match.state == MatchState.DECLINED:
        return match
    check_decline_match(match, by)
    _say(match, MatchState.DECLINED, by=by)
    _tell(BankMatchDeclined, match, by=by)
    return match


@transaction.atomic
def withdraw_match(match_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> BankMatch:
    """Take back what was said of a bank line, with a reason; the line is likely again.

    Raises:
        NotFound: there is no such match among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it was taken back already.
        Invalid: no reason is given, or too long a one.
    """
    match = locked(bank_matches_visible_to(by), pk=match_id)
    check_withdraw_match(match, by)
    said = match.state
    _say(
        match,
        MatchState.WITHDRAWN,
        reason=WHY.given(reason),
        by=by,
    )
    record(
        BankMatchWithdrawn(
            subject=f"bank-match:{match.pk}",
            about=_about(match),
            line=str(match.line_id),
            said=said,
        ),
        by=by,
    )
    return match


def _both(line_id: UUID, disbursement_id: UUID, *, by: Actor) -> tuple[BankLine, Disbursement]:
    seen = visible(bank_lines_visible_to(by), pk=line_id)
    check_finance_officer(by)
    line = locked(bank_lines_visible_to(by), pk=first_told(seen).pk)
    refuse_held(line)
    disbursement = locked(disbursements_visible_to(by), pk=disbursement_id)
    if not may_have_paid(line).filter(pk=disbursement.pk, amount=-line.amount).exists():
        sentence = _(
            "This line cannot be that money: the amount, the currency or the days differ, or it "
            "was not approved to leave the centre's bank account."
        )
        raise Invalid(sentence, code="line-differs", fields={"disbursement": [sentence]})
    return line, disbursement


def _match_of(line: BankLine, disbursement: Disbursement) -> BankMatch:
    found = BankMatch.objects.filter(line=line, disbursement=disbursement).first()
    # Nothing was said yet is the same as all being taken back.
    return found or BankMatch(line=line, disbursement=disbursement, state=MatchState.WITHDRAWN)


def _say(match: BankMatch, state: MatchState, *, reason: str = "", by: Actor) -> None:
    MATCH.move(match, state)
    match.said_by_id, match.said_at, match.reason = check_finance_officer(by), clock.now(), reason
    match.save()


def _tell(
    fact: type[BankMatchConfirmed | BankMatchDeclined], match: BankMatch, *, by: Actor
) -> None:
    record(
        fact(
            subject=f"bank-match:{match.pk}",
            about=_about(match),
            line=str(match.line_id),
            amount=str(-match.line.amount),
            currency=match.line.currency,
        ),
        by=by,
    )


def _about(match: BankMatch) -> tuple[str, ...]:
    return (
        f"disbursement:{match.disbursement_id}",
        f"statement:{match.line.statement_id}",
    )
