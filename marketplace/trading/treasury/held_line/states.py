"""The life of a line that may be told already."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class HeldState(TextChoices):
    HELD = "held", _("Held, in no sum")
    PROPOSED = "proposed", _("Waits for a second finance officer")
    SAME = "same", _("The same line, told again")
    ANOTHER = "another", _("Another line, which counts")


HELD_LINE: StateMachine[HeldState] = StateMachine(
    "held_line",
    HeldState,
    {
        HeldState.HELD: {HeldState.PROPOSED},
        HeldState.PROPOSED: {HeldState.SAME, HeldState.ANOTHER, HeldState.HELD},
    },
)
OPEN = (HeldState.HELD, HeldState.PROPOSED)
"""The line is in no sum yet."""
