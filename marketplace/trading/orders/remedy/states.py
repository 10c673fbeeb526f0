from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class RemedyState(TextChoices):
    """Where a remedy stands. It lapses with a newer one, and where the objection ends otherwise."""

    OFFERED = "offered", _("Waiting for the buyer")
    ACCEPTED = "accepted", pgettext_lazy("of a remedy", "Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")


REMEDY: StateMachine[RemedyState] = StateMachine(
    "remedy",
    RemedyState,
    {
        RemedyState.OFFERED: {RemedyState.ACCEPTED, RemedyState.DECLINED, RemedyState.LAPSED},
    },
)
