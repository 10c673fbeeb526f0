from typing import Any
from uuid import UUID

from marketplace.catalog.source import serializers
from marketplace.catalog.source.connections import Connection, tables_in
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.source.selectors import (
    sources_visible_to,
)
from marketplace.catalog.source.services import register_source
from marketplace.core import Actor, Scope, visible
from marketplace.web.api import ActView, ThingView


class RegisterSource(ActView):
    """Register a database that a dataset is drawn from; the password is never told again."""

    takes = serializers.ConnectionIn
    gives = serializers.SourceOut
    # A kept answer would keep a digest of the password; the connection itself tells a repetition.
    keeps_answer = False
    creates = True
    made_at = "get_source"
    scope = Scope.TRADE
    summary = "Register a database source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return register_source(ids["pk"], connection=Connection(**data), by=by)


class SourceTables(ThingView):
    """The tables and views of a source, looked up there."""

    gives = serializers.TablesOut
    operation = "list_source_tables"
    summary = "List the tables of a source"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        source = visible(sources_visible_to(by), pk=ids["pk"])
        return {"tables": tables_in(source, by=by)}
