"""What can be said of a line that may be told already."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.trading.treasury.held_line.states import HeldState


@named_in_api("HeldLineSays")
class Says(TextChoices):
    """What a finance officer says a held line is; the values name the state that follows."""

    SAME = HeldState.SAME.value, _("The same line")
    ANOTHER = HeldState.ANOTHER.value, _("Another line")
