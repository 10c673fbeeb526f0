"""The life of a line of the bank's own, and what it can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.trading.books.models import AccountKind


class ItemKind(TextChoices):
    """What a line that belongs to no payment or payout is; the values name its account."""

    FEE = AccountKind.BANK_FEE.value, _("Fee of the bank")
    INTEREST = AccountKind.INTEREST.value, _("Interest")
    CORRECTION = AccountKind.CORRECTION.value, _("Correction by the bank")

    @property
    def account(self) -> AccountKind:
        return AccountKind(self.value)


class ItemState(TextChoices):
    PROPOSED = "proposed", _("Waits for a second finance officer")
    BOOKED = "booked", _("Booked")
    REJECTED = "rejected", _("Rejected")


ITEM: StateMachine[ItemState] = StateMachine(
    "bank_item",
    ItemState,
    {ItemState.PROPOSED: {ItemState.BOOKED, ItemState.REJECTED}},
)
