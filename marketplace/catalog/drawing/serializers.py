from typing import Any

from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.rules import acts_on_drawing
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class DrawingIn(serializers.Serializer[Any]):
    """What to draw."""

    schema = serializers.CharField(trim_whitespace=False)
    table = serializers.CharField(trim_whitespace=False)
    columns = serializers.ListField(child=serializers.CharField(trim_whitespace=False))
    row_limit = serializers.IntegerField(
        allow_null=True, default=None, help_text="At most so many rows; null for all."
    )


class DrawingOut(serializers.ModelSerializer[Drawing]):
    """A drawing. `blanked` counts values left empty because no calendar or number can say them.

    `brought` counts the new and changed rows of a feed that draws those alone; null where the whole
    table was drawn, for which `whole` has the reason.
    """

    columns = serializers.ListField(child=serializers.CharField())
    error_sentence = serializers.SerializerMethodField()

    class Meta:
        model = Drawing
        fields: tuple[str, ...] = (
            "id",
            "source",
            "schema",
            "table",
            "columns",
            "row_limit",
            "state",
            "rows",
            "blanked",
            "brought",
            "whole",
            "attempt",
            "error_code",
            "error_sentence",
            "version",
            "created_at",
            "started_at",
            "ended_at",
        )

    def get_error_sentence(self, drawing: Drawing) -> str:
        """Word the code."""
        return (
            sentence_of(drawing.error_code, drawing.error_parameters) if drawing.error_code else ""
        )


class OneDrawingOut(DrawingOut):
    """A drawing with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_drawing)

    class Meta(DrawingOut.Meta):
        fields: tuple[str, ...] = (*DrawingOut.Meta.fields, "acts")
