"""The API of bank accounts of organizations."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.treasury.bank_account import selectors, serializers
from marketplace.trading.treasury.bank_account.filters import BankAccountFilters
from marketplace.trading.treasury.bank_account.services import (
    confirm_bank_account,
    prove_bank_account,
    state_bank_account,
    vouch_bank_account,
    withdraw_bank_account,
)
from marketplace.web.api import act_view, list_view
from marketplace.web.serializers import ReasonIn

BankAccounts = list_view(
    selectors.bank_accounts_visible_to,
    operation="list_bank_accounts",
    filters=BankAccountFilters,
    gives=serializers.BankAccountOut,
    about="Where one's organization wants its money to go; all for the centre.",
)

StateBankAccount = act_view(
    state_bank_account,
    scope=Scope.ADMINISTER,
    takes=serializers.BankAccountIn,
    gives=serializers.BankAccountOut,
    compares=False,
    about="Say to which bank account an organization's money shall go; a transfer proves it.",
)

VouchBankAccount = act_view(
    vouch_bank_account,
    scope=Scope.ADMINISTER,
    gives=serializers.BankAccountOut,
    about="Say that the transfer with an account's reference came from it, as seen at the bank.",
)

ProveBankAccount = act_view(
    prove_bank_account,
    scope=Scope.ADMINISTER,
    gives=serializers.BankAccountOut,
    about="Say so as a second finance officer; money goes there some days later.",
)

ConfirmBankAccount = act_view(
    confirm_bank_account,
    scope=Scope.ADMINISTER,
    gives=serializers.BankAccountOut,
    about="Put a proved account in force at once, as a second owner of the organization.",
)

WithdrawBankAccount = act_view(
    withdraw_bank_account,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.BankAccountOut,
    about="Say that no money shall go to a bank account any more.",
)
