"""What the API of annotators takes and gives: nothing of whose data it is."""

from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.annotation.batch.exchange import MOST_TASKS
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.rules import acts_on_batch, acts_on_work
from marketplace.annotation.batch.selectors import tasks_of
from marketplace.annotation.batch.services import label_item
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import guideline_in_force
from marketplace.annotation.project.serializers import GuidelineOut, LabelAnswerIn, LabelClassIn
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer


class WorkOut(serializers.ModelSerializer[LabellingProject]):
    """A project that is open to an annotator."""

    classes = LabelClassIn(many=True)

    class Meta:
        model = LabellingProject
        fields: tuple[str, ...] = ("id", "title", "kind", "classes", "batch_size", "state")


class OneWorkOut(WorkOut):
    """The same with its guideline, and whether a batch can be taken."""

    guideline = serializers.SerializerMethodField()
    acts = ActsField(acts_on_work)

    class Meta(WorkOut.Meta):
        fields = (*WorkOut.Meta.fields, "guideline", "acts")

    @extend_schema_field(GuidelineOut(allow_null=True))
    def get_guideline(self, project: LabellingProject) -> dict[str, Any] | None:
        """Return the edition in force."""
        guideline = guideline_in_force(project)
        return dict(GuidelineOut(guideline).data) if guideline else None


class ItemBatchOut(serializers.ModelSerializer[Batch]):
    """A batch, with the pseudonym of whoever labels it."""

    annotator = serializers.CharField(source="annotator.pseudonym")

    class Meta:
        model = Batch
        fields: tuple[str, ...] = (
            *("id", "annotator", "number", "is_qualification", "state", "handed_in_at"),
            "created_at",
        )


class ItemTaskOut(serializers.ModelSerializer[Task]):
    """An item of a batch, and what was said of it so far."""

    answer = LabelAnswerIn(allow_null=True)

    class Meta:
        model = Task
        fields = ("id", "batch", "position", "answer", "skipped")


class OneItemBatchOut(ItemBatchOut):
    """A batch with its items and the acts on it: `allowed`, or why not."""

    items = serializers.SerializerMethodField()
    acts = ActsField(acts_on_batch)

    class Meta(ItemBatchOut.Meta):
        fields = (*ItemBatchOut.Meta.fields, "items", "acts")

    @extend_schema_field(ItemTaskOut(many=True))
    def get_items(self, batch: Batch) -> list[dict[str, Any]]:
        """Return the items in their order."""
        return [dict(one) for one in ItemTaskOut(tasks_of(batch), many=True).data]


class LabelItemIn(LabelAnswerIn, ActSerializer):
    """What an item is, or why it is skipped."""

    takes = staticmethod(label_item)


class ItemCellOut(serializers.Serializer[Any]):
    """A column of an item."""

    column = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class ShownItemOut(serializers.Serializer[Any]):
    """An item as it is shown: its columns, and nothing else of the dataset."""

    id = serializers.UUIDField(source="task.pk")
    position = serializers.IntegerField(source="task.position")
    cells = ItemCellOut(many=True)


class TakeLabelsInIn(serializers.Serializer[Any]):
    """Tasks as Label Studio exports them as JSON."""

    tasks = serializers.ListField(child=serializers.JSONField(), max_length=MOST_TASKS)
