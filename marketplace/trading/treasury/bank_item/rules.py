from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
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
    if item.state == ItemState.REVERSING:
        raise WrongState(_("This line is booked. Decide on its reversal instead."))
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


def check_propose_reversal(item: BankItem, by: Actor) -> UUID:
    """Return the finance officer who says that a line was booked as what it is not.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it is not booked, or its reversal waits already.
    """
    person_id = check_finance_officer(by)
    ITEM.check(item, ItemState.REVERSING)
    return person_id


def check_confirm_reversal(item: BankItem, by: Actor) -> UUID:
    """Return the second finance officer who sees that a line was booked as what it is not.

    Raises:
        NotAllowed: the actor is no finance officer of the centre, or proposed the reversal
            (`proposed-by-you`).
        WrongState: no reversal waits.
    """
    person_id = check_finance_officer(by)
    ITEM.check(item, ItemState.REVERSED)
    if not is_second("reversal", item.reversal_by_id, by, of=()):
        raise NotAllowed(
            _("Who proposes a reversal does not book it. Ask a second finance officer."),
            code="proposed-by-you",
        )
    return person_id


def check_reject_reversal(item: BankItem, by: Actor) -> UUID:
    """Return the finance officer who says that a line was booked rightly.

    Who proposed the reversal may take it back: nothing was booked.

    Raises:
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: no reversal waits.
    """
    person_id = check_finance_officer(by)
    if item.state != ItemState.REVERSING:
        raise WrongState(_("No reversal of this line waits. Reload the page."))
    return person_id


ACTS_ON_BANK_ITEM: Mapping[str, Rule[BankItem]] = MappingProxyType(
    {
        "confirm_bank_item": check_confirm_bank_item,
        "reject_bank_item": check_reject_bank_item,
        "propose_reversal": check_propose_reversal,
        "confirm_reversal": check_confirm_reversal,
        "reject_reversal": check_reject_reversal,
    }
)


def acts_on_bank_item(item: BankItem, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BANK_ITEM, item, by)
