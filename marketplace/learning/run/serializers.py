from drf_spectacular.utils import extend_schema_field

from marketplace.learning.adapters import training_error
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.rules import acts_on_training
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField

LONGEST_COLUMN = 200


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
