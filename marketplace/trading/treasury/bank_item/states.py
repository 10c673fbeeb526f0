"""The life of a line of the bank's own."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ItemState(TextChoices):
    PROPOSED = "proposed", _("Waits for a second finance officer")
    BOOKED = "booked", _("Booked")
    REVERSING = "reversing", _("Booked, to be reversed by a second finance officer")
    REVERSED = "reversed", _("Reversed")
    REJECTED = "rejected", _("Rejected")


ITEM: StateMachine[ItemState] = StateMachine(
    "bank_item",
    ItemState,
    {
        ItemState.PROPOSED: {ItemState.BOOKED, ItemState.REJECTED},
        ItemState.BOOKED: {ItemState.REVERSING},
        ItemState.REVERSING: {ItemState.REVERSED, ItemState.BOOKED},
    },
)
IN_BOOKS = (ItemState.BOOKED, ItemState.REVERSING)
"""The line has its place in the books."""
OVER = (ItemState.REJECTED, ItemState.REVERSED)
"""The line may be named anew."""
