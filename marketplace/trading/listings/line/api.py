from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, visible
from marketplace.trading.listings.line import serializers
from marketplace.trading.listings.line.selectors import Line, line_of
from marketplace.web.api import ThingView


class DatasetLine(ThingView):
    """The feed of a dataset, and how far each arrival came."""

    gives = serializers.LineOut
    operation = "get_line"
    summary = "Get the line of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Line:
        """Select."""
        return line_of(visible(datasets_visible_to(by), pk=ids["pk"]))
