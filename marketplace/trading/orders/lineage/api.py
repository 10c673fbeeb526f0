from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, visible
from marketplace.trading.orders.lineage import serializers
from marketplace.trading.orders.lineage.selectors import Lineage, lineage_of
from marketplace.web.api import ThingView


class DatasetLineage(ThingView):
    """What a dataset was made from, level by level, and what was made of it."""

    gives = serializers.LineageOut
    operation = "get_lineage"
    summary = "Get the lineage of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Lineage:
        """Select."""
        return lineage_of(visible(datasets_visible_to(by), pk=ids["pk"]), by)
