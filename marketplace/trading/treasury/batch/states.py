from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class BatchLineState(TextChoices):
    """What the bank made of a payout that it was handed in a file."""

    HANDED = "handed", _("Handed to the bank")
    REFUSED = "refused", _("Refused by the bank")


BATCH_LINE: StateMachine[BatchLineState] = StateMachine(
    "batch_line", BatchLineState, {BatchLineState.HANDED: {BatchLineState.REFUSED}}
)
