from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class SourceState(TextChoices):
    IN_USE = "in_use", _("In use")
    CLOSED = "closed", _("Closed")


SOURCE: StateMachine[SourceState] = StateMachine(
    "database_source", SourceState, {SourceState.IN_USE: {SourceState.CLOSED}}
)
