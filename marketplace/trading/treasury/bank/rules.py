from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.bank.states import STATEMENT, StatementState


def check_confirm_statement(statement: BankStatement, by: Actor) -> UUID:
    """Return the second finance officer who has compared a statement with the bank's own pages.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or imported it
            (`imported-by-you`).
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    STATEMENT.check(statement, StatementState.CONFIRMED)
    if not is_second("statement", statement.imported_by_id, by, of=()):
        raise NotAllowed(
            _("Who imported a bank statement does not confirm it. Ask a second finance officer."),
            code="imported-by-you",
        )
    return person_id


def check_reject_statement(statement: BankStatement, by: Actor) -> UUID:
    """Return the finance officer who says that a statement is not the bank's.

    Who imported it may take it back: nothing of it was booked.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    STATEMENT.check(statement, StatementState.REJECTED)
    return person_id


def _check_books(_books: None, by: Actor) -> None:
    check_finance_officer(by)


ACTS_ON_BOOKS: Mapping[str, Rule[None]] = MappingProxyType({"keep_books": _check_books})


ACTS_ON_STATEMENT: Mapping[str, Rule[BankStatement]] = MappingProxyType(
    {
        "confirm_statement": check_confirm_statement,
        "reject_statement": check_reject_statement,
    }
)


def acts_on_books(by: Actor) -> Allowed:
    """Return which acts on the centre's books as a whole are open to the actor.

    `keep_books` is to import a statement, to close a day, and to say of a bank line that is likely
    an outgoing money whether it is: of which line that can be said, the rows of a sheet tell.
    """
    return rules.allowed(ACTS_ON_BOOKS, None, by)


def acts_on_statement(statement: BankStatement, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_STATEMENT, statement, by)
