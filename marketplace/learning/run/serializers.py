from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.core import longest_of
from marketplace.learning.adapters import training_error
from marketplace.learning.run.choices import LONGEST_LINE, FamilyChoice, MetricChoice, SplitChoice
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.rules import acts_on_training
from marketplace.learning.training.declaration import (
    EPSILONS,
    MOST_CANDIDATES,
    MOST_FEATURES,
    MOST_LABELS,
    MOST_LINES,
    MOST_SHARDS,
)
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField

LONGEST_COLUMN = 200


class StartTrainingIn(serializers.Serializer[Any]):
    """A declaration; `error_by` names columns by whose values errors are shown.

    `words`, a line each with blanks between them, and `epsilon` are of the family of declared words
    alone, which needs `labels` too; elsewhere these are those that occur.
    """

    title = serializers.CharField(max_length=longest_of(TrainingRun, "title"))
    target = serializers.CharField(max_length=LONGEST_COLUMN)
    features = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_COLUMN),
        min_length=1,
        max_length=MOST_FEATURES,
    )
    family = serializers.ChoiceField(choices=FamilyChoice.choices)
    split = serializers.ChoiceField(choices=SplitChoice.choices, default=SplitChoice.RANDOM.value)
    split_column = serializers.CharField(max_length=LONGEST_COLUMN, default="", allow_blank=True)
    metric = serializers.ChoiceField(
        choices=MetricChoice.choices, default=MetricChoice.MACRO_F1.value
    )
    shards = serializers.IntegerField(min_value=1, max_value=MOST_SHARDS, default=1)
    candidates = serializers.IntegerField(min_value=1, max_value=MOST_CANDIDATES, default=1)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    error_by = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_COLUMN), max_length=10, default=list
    )
    words = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_LINE), max_length=MOST_LINES, default=list
    )
    labels = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_LINE), max_length=MOST_LABELS, default=list
    )
    epsilon = serializers.DecimalField(
        max_digits=9,
        decimal_places=3,
        min_value=Decimal(str(EPSILONS[0])),
        max_value=Decimal(str(EPSILONS[1])),
        allow_null=True,
        default=None,
    )


class TrainingRunOut(serializers.ModelSerializer[TrainingRun]):
    """A training run; `progress` is of 1000, `error` a sentence, `model` what came of it.

    `replaces` is the model that it trains again.
    """

    dataset = serializers.UUIDField(source="version.dataset_id")
    error = serializers.SerializerMethodField()
    model = serializers.SerializerMethodField()

    class Meta:
        model = TrainingRun
        fields: tuple[str, ...] = (
            "id",
            "title",
            "dataset",
            "version",
            "organization",
            "declaration",
            "digest",
            "state",
            "progress",
            "step",
            "attempt",
            "error_code",
            "error",
            "model",
            "replaces",
            "created_at",
            "started_at",
            "ended_at",
        )

    def get_error(self, run: TrainingRun) -> str:
        """Return why it failed, "" where it did not."""
        return training_error(run)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_model(self, run: TrainingRun) -> str | None:
        """Return the model, None while there is none."""
        made = getattr(run, "model", None)
        return str(made.pk) if made else None


class OneTrainingRunOut(TrainingRunOut):
    """A training run with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_training)

    class Meta(TrainingRunOut.Meta):
        fields: tuple[str, ...] = (*TrainingRunOut.Meta.fields, "acts")
