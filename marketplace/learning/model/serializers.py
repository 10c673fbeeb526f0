from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.rules import acts_on_model
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField

MOST_ROWS = 1000


class ScoreRowsIn(serializers.Serializer[Any]):
    """Rows as objects with a value for each feature of the model's schema; null where none is."""

    rows = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=MOST_ROWS)
    with_reasons = serializers.BooleanField(default=False)


class ReasonOut(serializers.Serializer[Any]):
    """By how much a feature moves the logarithm of the label's odds from a usual value."""

    feature = serializers.CharField()
    effect = serializers.FloatField()


class ScoredOut(serializers.Serializer[Any]):
    """What the model says of a row."""

    label = serializers.CharField()  # type: ignore[assignment]
    probabilities = serializers.DictField(child=serializers.FloatField())
    reasons = ReasonOut(many=True)


class ScoresOut(serializers.Serializer[Any]):
    """What the model says of each row, in the order in which they were sent."""

    scores = serializers.SerializerMethodField()

    @extend_schema_field(ScoredOut(many=True))
    def get_scores(self, scored: Any) -> Any:
        """Return one object a row."""
        return [one.as_dict() for one in scored]


class ModelOut(serializers.ModelSerializer[TrainedModel]):
    """A model; `schema` is what it takes and gives, `credential` what is signed of it.

    `replaces` is the model whose place it took, `successor` the one that took its own.
    `asset` is the dataset that it became to be offered.
    """

    dataset = serializers.UUIDField(source="version.dataset_id")
    schema = serializers.DictField()
    sha256 = serializers.CharField(source="file.sha256")
    successor = serializers.SerializerMethodField()
    asset = serializers.UUIDField(source="asset.dataset_id", default=None, allow_null=True)

    class Meta:
        model = TrainedModel
        fields: tuple[str, ...] = (
            "id",
            "title",
            "run",
            "dataset",
            "version",
            "organization",
            "state",
            "trouble",
            "schema",
            "sha256",
            "card_sha256",
            "certificate",
            "credential",
            "replaces",
            "successor",
            "asset",
            "created_at",
        )

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_successor(self, model: TrainedModel) -> str | None:
        """Return the model that took its place, None while there is none."""
        successor = getattr(model, "successor", None)
        return str(successor.pk) if successor else None


class OneModelOut(ModelOut):
    """A model with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_model)

    class Meta(ModelOut.Meta):
        fields: tuple[str, ...] = (*ModelOut.Meta.fields, "acts")
