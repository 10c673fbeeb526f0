"""The models of the app, one noun a folder."""

from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.run.models import TrainingRun

__all__ = ["Scoring", "TrainedModel", "TrainingRun"]
