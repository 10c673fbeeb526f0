"""The life of a credit for a missed revision."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import StateMachine


class MissedState(TextChoices):
    """What became of a missed revision."""

    OWED = "owed", _("Credit owed")
    CREDITED = "credited", _("Credited")
    NOTHING = "nothing", _("Nothing to credit")


MISSED: StateMachine[MissedState] = StateMachine(
    "missed_revision",
    MissedState,
    {MissedState.OWED: {MissedState.CREDITED, MissedState.NOTHING}},
)
