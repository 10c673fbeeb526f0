"""What the API of labelled sets takes and gives."""

from __future__ import annotations

from typing import Any

from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.web.bounded import serializers


class MakeLabelledSetIn(serializers.Serializer[Any]):
    """What the new dataset is called, and what is in it."""

    title = serializers.CharField(max_length=40)
    abstract = serializers.CharField(max_length=400)


class LabelledSetOut(serializers.ModelSerializer[LabelledSet]):
    """A labelled set: the dataset and version that it became."""

    dataset = serializers.UUIDField(source="version.dataset_id")

    class Meta:
        model = LabelledSet
        fields = ("id", "project", "dataset", "version", "items", "cost", "created_at")
