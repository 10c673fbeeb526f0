"""Which acts on the centre's money are open to an actor now, and why the others are not.

What an act asks beyond right and state, such as the reference that a payment names, it says itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.core import Actor, Allowed, Rule, rules
from marketplace.trading.books.models import Account
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank.models import BankMatch, BankStatement
from marketplace.trading.treasury.bank.rules import (
    check_confirm_match,
    check_confirm_statement,
    check_decline_match,
    check_reject_statement,
    check_withdraw_match,
)
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.rules import (
    check_confirm_bank_account,
    check_prove_bank_account,
    check_vouch_bank_account,
    check_withdraw_bank_account,
)
from marketplace.trading.treasury.batch.models import BatchLine
from marketplace.trading.treasury.batch.rules import check_refuse_batch_line
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.rules import (
    check_allocate_payment,
    check_confirm_payment,
    check_reject_payment,
)
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import (
    check_approve_disbursement,
    check_propose_payout,
    check_propose_return,
    check_reject_disbursement,
)


def _check_books(_books: None, by: Actor) -> None:
    check_finance_officer(by)


ACTS_ON_BOOKS: Mapping[str, Rule[None]] = MappingProxyType({"keep_books": _check_books})
ACTS_ON_ACCOUNT: Mapping[str, Rule[Account]] = MappingProxyType(
    {"propose_payout": check_propose_payout}
)
ACTS_ON_PAYMENT: Mapping[str, Rule[Payment]] = MappingProxyType(
    {
        "confirm_payment": check_confirm_payment,
        "reject_payment": check_reject_payment,
        "allocate_payment": check_allocate_payment,
        "propose_return": check_propose_return,
    }
)
ACTS_ON_DISBURSEMENT: Mapping[str, Rule[Disbursement]] = MappingProxyType(
    {
        "approve_disbursement": check_approve_disbursement,
        "reject_disbursement": check_reject_disbursement,
    }
)
ACTS_ON_STATEMENT: Mapping[str, Rule[BankStatement]] = MappingProxyType(
    {
        "confirm_statement": check_confirm_statement,
        "reject_statement": check_reject_statement,
    }
)
ACTS_ON_MATCH: Mapping[str, Rule[BankMatch]] = MappingProxyType(
    {
        "confirm_match": check_confirm_match,
        "decline_match": check_decline_match,
        "withdraw_match": check_withdraw_match,
    }
)
ACTS_ON_BANK_ACCOUNT: Mapping[str, Rule[BankAccount]] = MappingProxyType(
    {
        "vouch_bank_account": check_vouch_bank_account,
        "prove_bank_account": check_prove_bank_account,
        "confirm_bank_account": check_confirm_bank_account,
        "withdraw_bank_account": check_withdraw_bank_account,
    }
)
ACTS_ON_BATCH_LINE: Mapping[str, Rule[BatchLine]] = MappingProxyType(
    {"refuse_batch_line": check_refuse_batch_line}
)


def acts_on_batch_line(line: BatchLine, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BATCH_LINE, line, by)


def acts_on_bank_account(account: BankAccount, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BANK_ACCOUNT, account, by)


def acts_on_books(by: Actor) -> Allowed:
    """Return which acts on the centre's books as a whole are open to the actor.

    `keep_books` is to import a statement, to close a day, and to say of a bank line that is likely
    an outgoing money whether it is: of which line that can be said, the rows of a sheet tell.
    """
    return rules.allowed(ACTS_ON_BOOKS, None, by)


def acts_on_account(account: Account, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ACCOUNT, account, by)


def acts_on_payment(payment: Payment, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_PAYMENT, payment, by)


def acts_on_disbursement(disbursement: Disbursement, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_DISBURSEMENT, disbursement, by)


def acts_on_statement(statement: BankStatement, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_STATEMENT, statement, by)


def acts_on_match(match: BankMatch, by: Actor) -> Allowed:
    """Return which acts on a bank line and outgoing money are open to the actor."""
    return rules.allowed(ACTS_ON_MATCH, match, by)
