"""The API of training runs."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.learning.run import serializers
from marketplace.learning.run.filters import TrainingRunFilters
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.learning.run.services import cancel_training, start_training
from marketplace.web.api import act_view, list_view, thing_view

StartTraining = act_view(
    start_training,
    scope=Scope.TRADE,
    takes=serializers.StartTrainingIn,
    gives=serializers.TrainingRunOut,
    creates=True,
    made_at="get_training_run",
    compares=False,
    summary="Start a training run",
    about="Declare a training run on a prepared version under a right in force.",
)

CancelTraining = act_view(
    cancel_training,
    scope=Scope.TRADE,
    gives=serializers.TrainingRunOut,
    summary="Cancel a training run",
    about="End a training run that waits or works.",
)

TrainingRuns = list_view(
    training_runs_visible_to,
    operation="list_training_runs",
    filters=TrainingRunFilters,
    gives=serializers.TrainingRunOut,
    about="The training runs that the caller may see.",
)

OneTrainingRun = thing_view(
    training_runs_visible_to,
    operation="get_training_run",
    gives=serializers.OneTrainingRunOut,
    about="A training run, and the acts on it that are open to the caller.",
)
