from typing import Any

from marketplace.annotation.kinds.kind import LONGEST_ANSWER, Answer, Span
from marketplace.annotation.project.models import Guideline, LabellingProject
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.services import set_gold
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class LabelClassIn(serializers.Serializer[Any]):
    """A class: its code, and its name as annotators read it."""

    code = serializers.CharField(max_length=30)
    label = serializers.CharField(max_length=40)  # type: ignore[assignment]


class LabellingPlanIn(ActSerializer):
    """What is asked of which rows, and of whom."""

    takes = staticmethod(LabellingPlan)
    classes = LabelClassIn(many=True, default=list)


class SpanIn(serializers.Serializer[Any]):
    """A piece of a column's text, from one character up to another, and its class."""

    column = serializers.CharField(max_length=200)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    label = serializers.CharField(max_length=30)  # type: ignore[assignment]


class LabelAnswerIn(serializers.Serializer[Any]):
    """What an item is: classes, pieces of its text, a free answer, or columns that are corrected.

    `corrected` has the right text of each column that is wrong, and nothing of the others.
    """

    classes = serializers.ListField(child=serializers.CharField(max_length=30), default=list)
    spans = SpanIn(many=True, default=list)
    text = serializers.CharField(max_length=LONGEST_ANSWER, default="", allow_blank=True)
    corrected = serializers.DictField(
        source="fields",
        child=serializers.CharField(max_length=LONGEST_ANSWER, allow_blank=True),
        default=None,
        allow_null=True,
    )


def answer_in(sent: dict[str, Any]) -> Answer:
    """Return the answer that was sent."""
    spans = tuple(Span(**span) for span in sent["spans"])
    return Answer(tuple(sent["classes"]), spans, sent["text"], sent["fields"])


class GoldIn(LabelAnswerIn, ActSerializer):
    """The right label of a row, counted from 1."""

    takes = staticmethod(set_gold)


class GuidelineOut(serializers.ModelSerializer[Guideline]):
    """An edition of a guideline."""

    class Meta:
        model = Guideline
        fields = ("id", "number", "text", "examples", "created_at")


class LabellingOut(serializers.ModelSerializer[LabellingProject]):
    """A labelling project, as its owner reads it."""

    classes = LabelClassIn(many=True)
    columns = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = LabellingProject
        fields: tuple[str, ...] = (
            *("id", "organization", "version", "title", "kind", "classes", "columns", "rows"),
            *("overlap_percent", "overlap_count", "gold_percent", "batch_size", "pass_percent"),
            *("price", "currency", "quality_limit", "state", "created_at"),
        )
