from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.roles import Role
from marketplace.core import Actor, clock
from marketplace.ledger.binding import digest_of, is_as_bound
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, sees_all_money
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.states import BankAccountState
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import booked_payments

PAID_TO_BANK = (AccountKind.SELLER, AccountKind.BUYER)
"""The accounts whose money goes to an organization's bank account."""
KEEPERS = (Role.OWNER, Role.FINANCE)
"""Who states an organization's bank account."""


def bank_accounts_visible_to(by: Actor) -> QuerySet[BankAccount]:
    """Return every account to the centre, else those of the actor's organization."""
    rows = BankAccount.objects.select_related("organization", "payment")
    if sees_all_money(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(organization_id=by.organization_id)


def account_in_force(organization_id: UUID, currency: str) -> BankAccount | None:
    """Return the account to which an organization's money goes now.

    None where the latest one that came in force was withdrawn: an earlier one does not come back.
    """
    came = BankAccount.objects.filter(
        organization_id=organization_id, currency=currency, in_force_from__lte=clock.now()
    )
    latest = came.order_by("-in_force_from").first()
    return latest if latest and latest.state == BankAccountState.PROVED else None


def transfer_of_proof(account: BankAccount) -> Payment | None:
    """Return the payment that came in with the account's reference; None before it came."""
    rows = booked_payments().filter(claimed_reference=account.reference)
    return rows.filter(currency=account.currency).order_by("created_at").first()


def accounts_without_bank(by: Actor) -> QuerySet[Account]:
    """Return the accounts of the actor's organization whose money can go nowhere yet."""
    if by.organization_id is None:
        return Account.objects.none()
    named = BankAccount.objects.exclude(state=BankAccountState.WITHDRAWN)
    return (
        accounts_visible_to(by)
        .filter(organization_id=by.organization_id, kind__in=PAID_TO_BANK, balance_cents__gt=0)
        .exclude(organization_id__in=named.values("organization_id"))
        .order_by("created_at")
    )


def accounts_to_vouch(by: Actor) -> QuerySet[BankAccount]:
    """Return the accounts that wait for a finance officer, the second one included."""
    waiting = (BankAccountState.STATED, BankAccountState.VOUCHED)
    return bank_accounts_visible_to(by).filter(state__in=waiting)


def accounts_to_confirm(by: Actor) -> QuerySet[BankAccount]:
    """Return the proved accounts that a second owner may put in force at once."""
    if by.organization_id is None:
        return BankAccount.objects.none()
    rows = bank_accounts_visible_to(by).filter(organization_id=by.organization_id)
    return rows.filter(state=BankAccountState.PROVED, in_force_from__gt=clock.now())


@dataclass(frozen=True)
class ShownAccount:
    """What the ledger says of a bank account: its digest, and whether it is as an act left it."""

    digest: str
    is_as_proved: bool


def shown_account(account: BankAccount) -> ShownAccount:
    """Return what who lets money out compares."""
    return ShownAccount(digest=digest_of(account), is_as_proved=is_as_bound(account))
