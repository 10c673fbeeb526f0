from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent, is_second
from marketplace.accounts.policies import is_centre_finance
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.promise.selectors import owes_credits
from marketplace.trading.orders.recall.owing import check_refundable
from marketplace.trading.orders.right_sale.sold_rights import refuse_while_right_passes
from marketplace.trading.orders.settlement.drawing import payable_of, refundable_of
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.rules import refuse_altered
from marketplace.trading.treasury.bank_account.selectors import account_in_force
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import PAYMENT, PaymentState
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.selectors import is_being_returned, organizations_of
from marketplace.trading.treasury.payout.states import DISBURSEMENT, DisbursementState

PAYABLE = (
    AccountKind.SELLER,
    AccountKind.BUYER,
    AccountKind.SHARE,
    AccountKind.FEE,
    AccountKind.TAX,
    AccountKind.BANK_FEE,
    AccountKind.INTEREST,
)
"""The accounts whose money may leave the centre. What is held belongs to an order."""


def check_propose_payout(account: Account, by: Actor) -> UUID:
    """Return the person who proposes to pay money of an account out.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it is no account that money is paid out from, holds none
            (`account-empty`) or no more than bank charges took (`charges-uncovered`), its seller
            owes credits (`credits-owed`), or its organization has no proved bank account in force
            (`no-bank-account`).
    """
    person_id = check_finance_officer(by, account.organization_id)
    if account.kind not in PAYABLE:
        raise WrongState(_("Nothing is paid out of this account directly."))
    if account.balance <= 0:
        raise WrongState(_("There is no money on this account."), code="account-empty")
    if payable_of(account) <= 0:
        raise WrongState(
            _("The centre's own money does not cover what the bank took and what it bears."),
            code="charges-uncovered",
        )
    refuse_while_owing(account)
    if account.organization_id is not None:
        _in_force(account)
    return person_id


def _in_force(account: Account) -> BankAccount:
    assert account.organization_id is not None
    found = account_in_force(account.organization_id, account.currency)
    if found is None:
        raise WrongState(
            _(
                "The organization has no proved bank account in force. Its owner or finance "
                "officer states one under Money, Bank accounts."
            ),
            code="no-bank-account",
        )
    return found


def _refuse_other_account(disbursement: Disbursement) -> None:
    """Refuse to send an organization's money elsewhere than to its account in force."""
    account = disbursement.account
    if disbursement.kind != DisbursementKind.PAYOUT or account.organization_id is None:
        return
    if _in_force(account).pk != disbursement.bank_account_id:
        raise WrongState(
            _("The organization's bank account changed since. Reject this, and propose it anew."),
            code="bank-account-changed",
        )


def refuse_while_owing(account: Account) -> None:
    """Refuse to let the money of a seller out that owes its buyers credits for missed revisions.

    Raises:
        WrongState: it does (`credits-owed`); the centre books them by itself within minutes.
    """
    seller_id = account.organization_id if account.kind == AccountKind.SELLER else None
    if seller_id is not None and owes_credits(seller_id):
        raise WrongState(
            _(
                "This seller owes its buyers credits for missed revisions. They are booked by "
                "themselves as soon as the account holds so much; pay out afterwards."
            ),
            code="credits-owed",
        )


def check_propose_return(payment: Payment, by: Actor) -> UUID:
    """Return the person who proposes to send a payment back.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the payment is allocated or returned, or its return waits already.
    """
    person_id = check_finance_officer(by)
    if payment.state != PaymentState.UNALLOCATED:
        raise WrongState(_("This payment is not waiting any more. Reload the page."))
    if is_being_returned(payment):
        raise WrongState(_("The return of this payment waits for a second person already."))
    return person_id


def check_second_person(disbursement: Disbursement, by: Actor) -> UUID:
    """Return the person who decides on outgoing money that somebody else proposed.

    Raises:
        NotAllowed: the actor may not decide, or proposed it.
    """
    if not by.has(Role.REVIEWER) and not is_centre_finance(by):
        raise NotAllowed(_("Only a finance officer or a reviewer of the centre can decide this."))
    concerned = organizations_of(disbursement)
    check_independent(by, *concerned)
    is_apart = is_second("disbursement", disbursement.proposed_by_id, by, of=concerned)
    if by.person_id is None or not is_apart:
        raise NotAllowed(_("Who proposed it does not decide it. Ask a second person."))
    return by.person_id


def check_approve_disbursement(disbursement: Disbursement, by: Actor) -> UUID:
    """Return the second person who lets money out.

    Raises:
        NotAllowed: the actor may not decide, or proposed it.
        WrongState: it was decided, the account does not hold so much any more
            (`balance-too-low`), the order is over or in dispute, the register passes the right
            that it sold (`right-passing`), the organization's bank account is another one now
            (`bank-account-changed`), or it was altered by no act (`account-altered`).
    """
    person_id = check_second_person(disbursement, by)
    DISBURSEMENT.check(disbursement, DisbursementState.APPROVED)
    account, order = disbursement.account, disbursement.order
    if order is not None:
        check_refundable(order)
        if order.state == OrderState.PAID:
            refuse_while_right_passes(order)
    if disbursement.payment is not None:
        PAYMENT.check(disbursement.payment, PaymentState.RETURNED)
    if order is None:
        refuse_while_owing(account)
    _refuse_other_account(disbursement)
    if disbursement.bank_account is not None:
        refuse_altered(disbursement.bank_account)
    payable = refundable_of(order, disbursement.amount) if order else payable_of(account)
    if payable < disbursement.amount:
        raise WrongState(
            _("The account does not hold this amount. Ask the centre's finance officer to check."),
            code="balance-too-low",
        )
    return person_id


def check_reject_disbursement(disbursement: Disbursement, by: Actor) -> UUID:
    """Return the second person who keeps money in.

    Raises:
        NotAllowed: the actor may not decide, or proposed it.
        WrongState: it was decided.
    """
    person_id = check_second_person(disbursement, by)
    DISBURSEMENT.check(disbursement, DisbursementState.REJECTED)
    return person_id


ACTS_ON_ACCOUNT: Mapping[str, Rule[Account]] = MappingProxyType(
    {"propose_payout": check_propose_payout}
)


ACTS_ON_DISBURSEMENT: Mapping[str, Rule[Disbursement]] = MappingProxyType(
    {
        "approve_disbursement": check_approve_disbursement,
        "reject_disbursement": check_reject_disbursement,
    }
)


def acts_on_account(account: Account, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ACCOUNT, account, by)


def acts_on_disbursement(disbursement: Disbursement, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_DISBURSEMENT, disbursement, by)
