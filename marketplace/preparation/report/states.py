from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ReportState(TextChoices):
    """Whether a risk report still says something of its version."""

    IN_FORCE = "in_force", _("In force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


REPORT: StateMachine[ReportState] = StateMachine(
    "risk_report",
    ReportState,
    {ReportState.IN_FORCE: {ReportState.WITHDRAWN}},
)
