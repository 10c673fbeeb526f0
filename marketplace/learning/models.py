from marketplace.learning.measurement.models import Measurement
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.run.models import TrainingRun

__all__ = ["Measurement", "Scoring", "TrainedModel", "TrainingRun"]
