from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.learning.run import views
from marketplace.learning.run.filters import TrainingRunFilters
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.learning.run.serializers import OneTrainingRunOut, TrainingRunOut
from marketplace.learning.run.services import cancel_training, start_training
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("training-runs/", views.training_run_list, name="training_run_list"),
    path("training-runs/<uuid:pk>/", views.training_run_detail, name="training_run_detail"),
    path("training-runs/<uuid:pk>/state/", views.training_run_state, name="training_run_state"),
    act_page(
        "training-runs/<uuid:pk>/cancel/",
        cancel_training,
        done=_("The training run is cancelled. Nothing of it is kept."),
        onto="training_run_detail",
        name="training_cancel",
    ),
    path("prepared/<uuid:pk>/train/", views.training_start, name="training_start"),
]

api_patterns = [
    act_view(
        "prepared-versions/<uuid:pk>/start-training/",
        start_training,
        scope=Scope.TRADE,
        takes=serializer_of(
            start_training,
            about="A declaration; `error_by` names columns by whose values errors are shown.\n\n"
            "`words`, a line each with blanks between them, and `epsilon` are of the family of "
            "declared words alone, which needs `labels` too; elsewhere these are those that "
            "occur.",
        ),
        gives=TrainingRunOut,
        creates=True,
        made_at="get_training_run",
        compares=False,
        summary="Start a training run",
        about="Declare a training run on a prepared version under a right in force.",
    ),
    list_view(
        "training-runs/",
        training_runs_visible_to,
        operation="list_training_runs",
        filters=TrainingRunFilters,
        gives=TrainingRunOut,
        about="The training runs that the caller may see.",
    ),
    thing_view(
        "training-runs/<uuid:pk>/",
        training_runs_visible_to,
        operation="get_training_run",
        gives=OneTrainingRunOut,
        about="A training run, and the acts on it that are open to the caller.",
    ),
    act_view(
        "training-runs/<uuid:pk>/cancel/",
        cancel_training,
        scope=Scope.TRADE,
        gives=TrainingRunOut,
        summary="Cancel a training run",
        about="End a training run that waits or works.",
    ),
]
