from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("DatabaseSourceState")
class SourceState(TextChoices):
    IN_USE = "in_use", _("In use")
    CLOSED = "closed", _("Closed")


SOURCE: StateMachine[SourceState] = StateMachine(
    "database_source", SourceState, {SourceState.IN_USE: {SourceState.CLOSED}}
)
