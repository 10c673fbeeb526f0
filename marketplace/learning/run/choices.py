"""What a training run can be declared to be, in words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.learning.training.declaration import Family, Metric, SplitKind

LONGEST_LINE = 200
"""So many characters has a line of declared words at most."""


@named_in_api("TrainingFamily")
class FamilyChoice(TextChoices):
    LINEAR = Family.LINEAR.value, _("Linear (logistic regression)")
    BOOSTING = Family.BOOSTING.value, _("Trees (histogram gradient boosting)")
    TEXT = Family.TEXT.value, _("Text (character sequences, TF-IDF, linear)")
    WORDS = Family.WORDS.value, _("Text by declared words (counts under ε)")


@named_in_api("TrainingSplit")
class SplitChoice(TextChoices):
    RANDOM = SplitKind.RANDOM.value, _("Rows drawn at random")
    GROUP = SplitKind.GROUP.value, _("Whole groups of a column")
    TIME = SplitKind.TIME.value, _("The latest rows by a column")


@named_in_api("TrainingMetric")
class MetricChoice(TextChoices):
    """By which figure the model must beat its baseline."""

    MACRO_F1 = Metric.MACRO_F1.value, _("Macro F1")
    ACCURACY = Metric.ACCURACY.value, _("Share of right labels")


@named_in_api()
class TrainingStep(TextChoices):
    WAIT = "", _("Waiting")
    OPEN = "open", _("Opening the stored file")
    READ = "read", _("Reading the rows")
    FIT = "fit", _("Training the model")
    SCORE = "score", _("Scoring on the rows held out")
    EXPORT = "export", _("Writing the model and checking it")
    ATTACK = "attack", _("Trying to tell who was trained on")
    KEEP = "keep", _("Storing the model encrypted")
