from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.web.lists import Facet, ListFilters, Words


class BankAccountFilters(ListFilters):
    q = Words("organization__name", "number", "bank_code")
    state = Facet.of(BankAccount, "state")
