from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class RemarkState(TextChoices):
    PROPOSED = "proposed", _("Waits for a second reviewer")
    IN_FORCE = "in_force", _("In force")
    LIFTING = "lifting", _("In force; lifting it waits for a second reviewer")
    LIFTED = "lifted", _("Lifted")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")


REMARK: StateMachine[RemarkState] = StateMachine(
    "remark",
    RemarkState,
    {
        RemarkState.PROPOSED: {RemarkState.IN_FORCE, RemarkState.NOT_CONFIRMED},
        RemarkState.IN_FORCE: {RemarkState.LIFTING, RemarkState.LIFTED},
        RemarkState.LIFTING: {RemarkState.LIFTED, RemarkState.IN_FORCE},
    },
)


REMARKED = frozenset({RemarkState.IN_FORCE.value, RemarkState.LIFTING.value})
"""The states of remarks that hold."""


UNCONFIRMED = frozenset({RemarkState.PROPOSED.value, RemarkState.LIFTING.value})
"""The states of remarks that wait for a second reviewer."""
