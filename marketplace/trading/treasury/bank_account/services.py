"""An organization states its bank account, which a transfer from it proves."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.core import Actor, clock, locked, visible
from marketplace.core.arguments import Text, reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.treasury.bank_account.events import (
    BankAccountConfirmed,
    BankAccountProved,
    BankAccountStated,
    BankAccountVouched,
    BankAccountWithdrawn,
)
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.numbers import checked_account
from marketplace.trading.treasury.bank_account.rules import (
    check_confirm_bank_account,
    check_prove_bank_account,
    check_state_bank_account,
    check_vouch_bank_account,
    check_withdraw_bank_account,
)
from marketplace.trading.treasury.bank_account.selectors import bank_accounts_visible_to
from marketplace.trading.treasury.bank_account.states import BANK_ACCOUNT, BankAccountState

WHY = reason_of(BankAccount)
NUMBER = Text(
    label=gettext_lazy("Account number"),
    help=gettext_lazy("IBAN, or the digits of a Chinese account. Its holder is the organization."),
    longest=60,
)
BANK_CODE = Text(
    label=gettext_lazy("Bank code"),
    help=gettext_lazy("BIC; of a Chinese account the 12 digits of the bank in the payment system."),
    longest=20,
)


@transaction.atomic
def state_bank_account(
    organization_id: UUID,
    *,
    number: Annotated[str, NUMBER],
    bank_code: Annotated[str, BANK_CODE],
    by: Actor,
) -> BankAccount:
    """Say to which bank account an organization's money shall go, in the centre's currency.

    Nothing goes there before a transfer from it proved it. The same account again changes nothing.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is neither owner nor finance officer of the organization.
        Invalid: the number (`bank-account-number`) or the bank's code (`bank-code`) is none.
    """
    organization = visible(organizations_visible_to(by), pk=organization_id)
    person_id = check_state_bank_account(organization, by)
    number, bank_code = checked_account(number, bank_code)
    currency = settings.CENTRE["CURRENCY"]
    same = BankAccount.objects.filter(
        organization=organization, number=number, currency=currency
    ).exclude(state=BankAccountState.WITHDRAWN)
    if (known := same.first()) is not None:
        return known
    try:
        with transaction.atomic():
            account = BankAccount.objects.create(
                organization=organization,
                number=number,
                bank_code=bank_code,
                currency=currency,
                stated_by_id=person_id,
            )
    except IntegrityError:
        # It was stated twice at the same moment.
        return same.get()
    record(
        BankAccountStated(subject=_subject(account), about=_about(account), currency=currency),
        binds=bound(account),
        by=by,
    )
    return account


@transaction.atomic
def vouch_bank_account(account_id: UUID, *, by: Actor) -> BankAccount:
    """Say that the transfer with an account's reference came from it, as seen at the bank.

    Raises:
        NotFound: there is no such account among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for no transfer, or none came (`no-proof`).
    """
    account = locked(bank_accounts_visible_to(by), pk=account_id)
    person_id, payment = check_vouch_bank_account(account, by)
    BANK_ACCOUNT.move(account, BankAccountState.VOUCHED)
    account.vouched_by_id, account.payment = person_id, payment
    account.save(update_fields=["state", "vouched_by_id", "payment"])
    record(
        BankAccountVouched(
            subject=_subject(account), about=_about(account), payment=str(payment.pk)
        ),
        binds=bound(account),
        by=by,
    )
    return account


@transaction.atomic
def prove_bank_account(account_id: UUID, *, by: Actor) -> BankAccount:
    """Say the same as a second finance officer; money goes there some days later.

    Raises:
        NotFound: there is no such account among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or saw it first (`seen-by-you`).
        WrongState: nobody saw a transfer from it yet, or it is proved or withdrawn.
    """
    account = locked(bank_accounts_visible_to(by), pk=account_id)
    account.proved_by_id = check_prove_bank_account(account, by)
    BANK_ACCOUNT.move(account, BankAccountState.PROVED)
    days = int(settings.CENTRE["BANK_ACCOUNT_DAYS"])
    account.in_force_from = clock.now() + timedelta(days=days)
    account.save(update_fields=["state", "proved_by_id", "in_force_from"])
    record(
        BankAccountProved(
            subject=_subject(account),
            about=_about(account),
            in_force_from=account.in_force_from.date().isoformat(),
        ),
        binds=bound(account),
        by=by,
    )
    return account


@transaction.atomic
def confirm_bank_account(account_id: UUID, *, by: Actor) -> BankAccount:
    """Put a proved account in force at once, as a second owner of the organization.

    Raises:
        NotFound: there is no such account among those the actor may see.
        NotAllowed: the actor is no owner of the organization, or stated it (`stated-by-you`).
        WrongState: it is not proved, or in force already.
    """
    account = locked(bank_accounts_visible_to(by), pk=account_id)
    account.confirmed_by_id = check_confirm_bank_account(account, by)
    account.in_force_from = clock.now()
    account.save(update_fields=["confirmed_by_id", "in_force_from"])
    record(
        BankAccountConfirmed(subject=_subject(account), about=_about(account)),
        binds=bound(account),
        by=by,
    )
    return account


@transaction.atomic
def withdraw_bank_account(
    account_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> BankAccount:
    """Say that no money shall go to a bank account any more; an earlier one does not come back.

    Raises:
        NotFound: there is no such account among those the actor may see.
        NotAllowed: the actor is neither keeper of it nor a finance officer of the centre.
        WrongState: it is withdrawn already.
        Invalid: there is no reason, or too long a one.
    """
    account = locked(bank_accounts_visible_to(by), pk=account_id)
    check_withdraw_bank_account(account, by)
    account.reason = WHY.given(reason)
    if not account.is_in_force:
        # What was never in force leaves the one before it in its place.
        account.in_force_from = None
    BANK_ACCOUNT.move(account, BankAccountState.WITHDRAWN)
    account.save(update_fields=["state", "reason", "in_force_from"])
    record(
        BankAccountWithdrawn(subject=_subject(account), about=_about(account)),
        binds=bound(account),
        by=by,
    )
    return account


def _subject(account: BankAccount) -> str:
    return f"bank_account:{account.pk}"


def _about(account: BankAccount) -> tuple[str, ...]:
    return (f"organization:{account.organization_id}",)
