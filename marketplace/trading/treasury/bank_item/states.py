"""The life of a line of the bank's own."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class ItemState(TextChoices):
    PROPOSED = "proposed", _("Waits for a second finance officer")
    BOOKED = "booked", _("Booked")
    REJECTED = "rejected", _("Rejected")


ITEM: StateMachine[ItemState] = StateMachine(
    "bank_item",
    ItemState,
    {ItemState.PROPOSED: {ItemState.BOOKED, ItemState.REJECTED}},
)
