from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank_account import views
from marketplace.trading.treasury.bank_account.filters import BankAccountFilters
from marketplace.trading.treasury.bank_account.selectors import bank_accounts_visible_to
from marketplace.trading.treasury.bank_account.serializers import BankAccountOut
from marketplace.trading.treasury.bank_account.services import (
    confirm_bank_account,
    prove_bank_account,
    state_bank_account,
    vouch_bank_account,
    withdraw_bank_account,
)
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("money/bank-accounts/", views.accounts_page, name="bank_account_list"),
    form_page(
        "organizations/<uuid:pk>/bank-account/",
        state_bank_account,
        done=_("The account is stated. This page says how to prove it."),
        onto="bank_account_detail",
        at="pk",
        again=views.accounts_page,
        name="bank_account_state",
    ),
    thing_page(
        "money/bank-accounts/<uuid:pk>/",
        bank_accounts_visible_to,
        views.account_page,
        name="bank_account_detail",
    ),
    act_page(
        "money/bank-accounts/<uuid:pk>/vouch/",
        vouch_bank_account,
        done=_("Noted. A second finance officer proves the account."),
        onto="bank_account_detail",
        name="bank_account_vouch",
    ),
    act_page(
        "money/bank-accounts/<uuid:pk>/prove/",
        prove_bank_account,
        done=_("The account is proved. The page says from when money goes there."),
        onto="bank_account_detail",
        name="bank_account_prove",
    ),
    act_page(
        "money/bank-accounts/<uuid:pk>/confirm/",
        confirm_bank_account,
        done=_("The account is in force."),
        onto="bank_account_detail",
        name="bank_account_confirm",
    ),
    form_page(
        "money/bank-accounts/<uuid:pk>/withdraw/",
        withdraw_bank_account,
        done=_("The account is withdrawn. No money goes there any more."),
        onto="bank_account_detail",
        again=views.account_page,
        of=bank_accounts_visible_to,
        name="bank_account_withdraw",
    ),
]

api_patterns = [
    list_view(
        "bank-accounts/",
        bank_accounts_visible_to,
        operation="list_bank_accounts",
        filters=BankAccountFilters,
        gives=BankAccountOut,
        about="Where one's organization wants its money to go; all for the centre.",
    ),
    act_view(
        "organizations/<uuid:pk>/state-bank-account/",
        state_bank_account,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            state_bank_account,
            name="BankAccountIn",
            about="IBAN and BIC, or a Chinese account number with the bank's number in the payment "
            "system.",
        ),
        gives=BankAccountOut,
        compares=False,
        about="Say to which bank account an organization's money shall go; a transfer proves it.",
    ),
    act_view(
        "bank-accounts/<uuid:pk>/vouch/",
        vouch_bank_account,
        scope=Scope.ADMINISTER,
        gives=BankAccountOut,
        about=(
            "Say that the transfer with an account's reference came from it, as seen at the bank. "
        ),
    ),
    act_view(
        "bank-accounts/<uuid:pk>/prove/",
        prove_bank_account,
        scope=Scope.ADMINISTER,
        gives=BankAccountOut,
        about="Say so as a second finance officer; money goes there some days later.",
    ),
    act_view(
        "bank-accounts/<uuid:pk>/confirm/",
        confirm_bank_account,
        scope=Scope.ADMINISTER,
        gives=BankAccountOut,
        about="Put a proved account in force at once, as a second owner of the organization.",
    ),
    act_view(
        "bank-accounts/<uuid:pk>/withdraw/",
        withdraw_bank_account,
        scope=Scope.ADMINISTER,
        gives=BankAccountOut,
        about="Say that no money shall go to a bank account any more.",
    ),
]
