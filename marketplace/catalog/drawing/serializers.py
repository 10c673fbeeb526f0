from marketplace.catalog.drawing.services import Wanted
from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.rules import acts_on_drawing
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer


class DrawingIn(ActSerializer):
    """What to draw."""

    takes = staticmethod(Wanted)


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
