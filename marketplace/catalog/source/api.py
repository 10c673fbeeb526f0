from typing import Any
from uuid import UUID

from marketplace.catalog.source import serializers
from marketplace.catalog.source.connections import tables_in
from marketplace.catalog.source.selectors import (
    sources_visible_to,
)
from marketplace.core import Actor, visible
from marketplace.web.api import ThingView


class SourceTables(ThingView):
    """The tables and views of a source, looked up there."""

    gives = serializers.TablesOut
    operation = "list_source_tables"
    summary = "List the tables of a source"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        source = visible(sources_visible_to(by), pk=ids["pk"])
        return {"tables": tables_in(source, by=by)}
