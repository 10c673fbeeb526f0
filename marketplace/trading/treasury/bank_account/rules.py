from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.models import Organization
from marketplace.accounts.policies import is_centre_finance
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, clock, rules
from marketplace.ledger.binding import unlike_bound
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.selectors import KEEPERS, transfer_of_proof
from marketplace.trading.treasury.bank_account.states import BANK_ACCOUNT, BankAccountState
from marketplace.trading.treasury.payment.models import Payment


def check_state_bank_account(organization: Organization, by: Actor) -> UUID:
    """Return who says to which bank account an organization's money shall go.

    Raises:
        NotAllowed: the actor is neither owner nor finance officer of the organization.
    """
    if by.person_id is None or not by.has(*KEEPERS) or not by.acts_for(organization.pk):
        raise NotAllowed(
            _("Only an owner or a finance officer of the organization states its bank account.")
        )
    return by.person_id


def check_vouch_bank_account(account: BankAccount, by: Actor) -> tuple[UUID, Payment]:
    """Return the finance officer who saw where a transfer of proof came from, and the transfer.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for no transfer, or none came with its reference (`no-proof`).
    """
    person_id = check_finance_officer(by, account.organization_id)
    BANK_ACCOUNT.check(account, BankAccountState.VOUCHED)
    payment = transfer_of_proof(account)
    if payment is None:
        raise WrongState(
            _("No transfer with this account's reference stands on a confirmed statement yet."),
            code="no-proof",
        )
    return person_id, payment


def check_prove_bank_account(account: BankAccount, by: Actor) -> UUID:
    """Return the second finance officer who saw where a transfer of proof came from.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or saw it first.
        WrongState: nobody saw a transfer from it yet, or it is proved or withdrawn.
    """
    person_id = check_finance_officer(by, account.organization_id)
    BANK_ACCOUNT.check(account, BankAccountState.PROVED)
    if not is_second("bank account", account.vouched_by_id, by, of=(account.organization_id,)):
        raise NotAllowed(
            _("Who saw the transfer first does not prove the account. Ask a second officer."),
            code="seen-by-you",
        )
    return person_id


def check_confirm_bank_account(account: BankAccount, by: Actor) -> UUID:
    """Return the second owner who puts a proved account in force at once.

    Raises:
        NotAllowed: the actor is no owner of the organization, or stated it (`stated-by-you`).
        WrongState: it is not proved, or in force already.
    """
    if by.person_id is None or not by.has(Role.OWNER) or not by.acts_for(account.organization_id):
        raise NotAllowed(_("Only an owner of the organization confirms its bank account."))
    if not is_second(
        "stated bank account", account.stated_by_id, by, of=(account.organization_id,)
    ):
        raise NotAllowed(
            _("Who stated the account does not confirm it. Ask a second owner, or wait."),
            code="stated-by-you",
        )
    if account.state != BankAccountState.PROVED or account.in_force_from is None:
        raise WrongState(_("This bank account is not proved."))
    if account.in_force_from <= clock.now():
        raise WrongState(_("This bank account is in force already."))
    return by.person_id


def check_withdraw_bank_account(account: BankAccount, by: Actor) -> None:
    """Refuse to withdraw a bank account.

    Raises:
        NotAllowed: the actor is neither keeper of it nor a finance officer of the centre.
        WrongState: it is withdrawn already.
    """
    is_keeper = by.has(*KEEPERS) and by.acts_for(account.organization_id)
    is_outside = is_centre_finance(by) and not by.belongs_to(account.organization_id)
    if not is_keeper and not is_outside:
        raise NotAllowed(
            _(
                "Only owners and finance officers of the organization, and finance officers of the "
                "centre, withdraw its bank account."
            )
        )
    BANK_ACCOUNT.check(account, BankAccountState.WITHDRAWN)


def refuse_altered(*accounts: BankAccount) -> None:
    """Refuse money to accounts of which one is not what the ledger says was proved.

    Raises:
        WrongState: it was altered in the database by no act (`account-altered`).
    """
    if unlike_bound(accounts):
        raise WrongState(
            _(
                "The bank account is not the one that was proved: it was altered in the database. "
                "Send nothing, and ask the administrator for verify_ledger --state."
            ),
            code="account-altered",
        )


ACTS_ON_BANK_ACCOUNT: Mapping[str, Rule[BankAccount]] = MappingProxyType(
    {
        "vouch_bank_account": check_vouch_bank_account,
        "prove_bank_account": check_prove_bank_account,
        "confirm_bank_account": check_confirm_bank_account,
        "withdraw_bank_account": check_withdraw_bank_account,
    }
)


def acts_on_bank_account(account: BankAccount, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BANK_ACCOUNT, account, by)
