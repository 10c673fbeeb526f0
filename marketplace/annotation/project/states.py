from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("LabellingState")
class ProjectState(TextChoices):
    DRAFT = "draft", pgettext_lazy("labelling project", "Draft")
    PUBLISHED = "published", _("Open for labelling")
    PAUSED = "paused", _("Paused")
    ENDING = "ending", _("Being closed")
    CLOSED = "closed", pgettext_lazy("labelling project", "Closed")


PROJECT: StateMachine[ProjectState] = StateMachine(
    "labelling_project",
    ProjectState,
    {
        ProjectState.DRAFT: {ProjectState.PUBLISHED, ProjectState.CLOSED},
        ProjectState.PUBLISHED: {ProjectState.PAUSED, ProjectState.ENDING, ProjectState.CLOSED},
        ProjectState.PAUSED: {ProjectState.PUBLISHED, ProjectState.ENDING, ProjectState.CLOSED},
        ProjectState.ENDING: {ProjectState.CLOSED},
    },
)
