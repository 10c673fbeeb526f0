from typing import Any

from marketplace.annotation.labelled_set.choices import LabelSplit
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.rules import acts_on_set
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class LabelsOutIn(serializers.Serializer[Any]):
    """How a labelled set is split into parts for training, validation and test."""

    split_by = serializers.ChoiceField(
        choices=LabelSplit.choices, required=False, allow_blank=True, default=""
    )
    column = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class LabelledSetOut(serializers.ModelSerializer[LabelledSet]):
    """A labelled set: the dataset and version that it became."""

    dataset = serializers.UUIDField(source="version.dataset_id")

    class Meta:
        model = LabelledSet
        fields: tuple[str, ...] = (
            *("id", "project", "dataset", "version", "items", "cost", "created_at"),
        )


class OneLabelledSetOut(LabelledSetOut):
    """The same with the acts on it: `allowed`, or why not."""

    acts = ActsField(acts_on_set)

    class Meta(LabelledSetOut.Meta):
        fields = (*LabelledSetOut.Meta.fields, "acts")
