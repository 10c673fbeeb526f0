from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.annotation.batch.progress import progress_of
from marketplace.annotation.pages.acts import acts_on_labelling
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import gold_of
from marketplace.annotation.project.serializers import LabellingOut
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class LabellingProgressOut(serializers.Serializer[Any]):
    """Labels that are needed, taken by annotators, handed in, and accepted."""

    needed = serializers.IntegerField()
    taken = serializers.IntegerField()
    handed_in = serializers.IntegerField()
    accepted = serializers.IntegerField()


class OneLabellingOut(LabellingOut):
    """A project with its progress and the acts on it: `allowed`, or why not."""

    gold_items = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    acts = ActsField(acts_on_labelling)

    class Meta(LabellingOut.Meta):
        fields = (*LabellingOut.Meta.fields, "gold_items", "progress", "acts")

    def get_gold_items(self, project: LabellingProject) -> int:
        """Count the gold items."""
        return gold_of(project).count()

    @extend_schema_field(LabellingProgressOut)
    def get_progress(self, project: LabellingProject) -> dict[str, Any]:
        """Return how far it is."""
        return dict(LabellingProgressOut(progress_of(project)).data)
