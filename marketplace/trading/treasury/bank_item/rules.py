from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, rules
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.states import ITEM, ItemState


def check_confirm_bank_item(item: BankItem, by: Actor) -> UUID:
    """Return the second finance officer who sees that a line is what was said.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or said it
            (`proposed-by-you`).
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    ITEM.check(item, ItemState.BOOKED)
    if not is_second("bank item", item.proposed_by_id, by, of=()):
        raise NotAllowed(
            _("Who says what a bank line is does not book it. Ask a second finance officer."),
            code="proposed-by-you",
        )
    return person_id


def check_reject_bank_item(item: BankItem, by: Actor) -> UUID:
    """Return the finance officer who says that a line is something else.

    Who said it may take it back: nothing was booked.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
    """
    person_id = check_finance_officer(by)
    ITEM.check(item, ItemState.REJECTED)
    return person_id


ACTS_ON_BANK_ITEM: Mapping[str, Rule[BankItem]] = MappingProxyType(
    {"confirm_bank_item": check_confirm_bank_item, "reject_bank_item": check_reject_bank_item}
)


def acts_on_bank_item(item: BankItem, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BANK_ITEM, item, by)
