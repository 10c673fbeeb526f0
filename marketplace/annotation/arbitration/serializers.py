from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.annotation.arbitration.rules import acts_on_item
from marketplace.annotation.arbitration.selectors import outcomes_of
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.serializers import LabelAnswerIn
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class SaidOut(serializers.Serializer[Any]):
    """What one annotator said of an item."""

    annotator = serializers.CharField(source="annotator.pseudonym")
    answer = LabelAnswerIn()


class ItemOut(serializers.ModelSerializer[Item]):
    """An item with what annotators said of it in accepted batches, and what counts."""

    labels = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    acts = ActsField(acts_on_item)

    class Meta:
        model = Item
        fields = ("id", "project", "row", "needed", "labels", "answer", "acts")

    @extend_schema_field(SaidOut(many=True))
    def get_labels(self, item: Item) -> list[dict[str, Any]]:
        """Return what was said."""
        return [dict(one) for one in SaidOut(outcomes_of([item])[0].said, many=True).data]

    @extend_schema_field(LabelAnswerIn(allow_null=True))
    def get_answer(self, item: Item) -> dict[str, Any] | None:
        """Return what counts; null while annotators disagree."""
        return outcomes_of([item])[0].answer
