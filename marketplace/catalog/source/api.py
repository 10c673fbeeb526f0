"""The API of database sources and drawings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source import serializers
from marketplace.catalog.source.connections import Connection, tables_in
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.selectors import (
    drawings_of,
    drawings_visible_to,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.source.services import (
    Wanted,
    cancel_drawing,
    change_source_password,
    check_source,
    close_source,
    register_source,
    start_drawing,
)
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, ThingView, act_view, list_view, thing_view

# Database sources and drawings in the API.


class RegisterSource(ActView):
    """Register a database that a dataset is drawn from; the password is never told again."""

    takes = serializers.ConnectionIn
    gives = serializers.SourceOut
    # A kept answer would keep a digest of the password; the connection itself tells a repetition.
    keeps_answer = False
    creates = True
    made_at = "get_source"
    scope = Scope.TRADE
    operation = "register_source"
    summary = "Register a database source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return register_source(ids["pk"], connection=Connection(**data), by=by)


ChangeSourcePassword = act_view(
    change_source_password,
    scope=Scope.TRADE,
    takes=serializers.PasswordIn,
    gives=serializers.SourceOut,
    keeps_answer=False,
    summary="Change the password of a source",
    about="Replace the password of a source.",
)

CheckSource = act_view(
    check_source,
    scope=Scope.TRADE,
    gives=serializers.SourceOut,
    keeps_answer=False,
    summary="Check the connection to a source",
    about="Connect to a source and answer whether that worked.",
)

CloseSource = act_view(
    close_source,
    scope=Scope.TRADE,
    gives=serializers.SourceOut,
    about="Draw from a source no more, and destroy its password.",
)


class StartDrawing(ActView):
    """Have a table or view drawn as the newest version of the dataset."""

    takes = serializers.DrawingIn
    gives = serializers.DrawingOut
    scope = Scope.TRADE
    operation = "start_drawing"
    summary = "Start a drawing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Drawing:
        return start_drawing(ids["pk"], wanted=Wanted(**data), by=by)


CancelDrawing = act_view(
    cancel_drawing,
    scope=Scope.TRADE,
    gives=serializers.DrawingOut,
    about="End a drawing that waits or works.",
)

Sources = list_view(
    sources_of,
    of=datasets_visible_to,
    operation="list_sources",
    gives=serializers.SourceOut,
    summary="List the sources of a dataset",
    about="The sources of a dataset.",
)

OneSource = thing_view(
    sources_visible_to,
    operation="get_source",
    gives=serializers.OneSourceOut,
    about="A source, and the acts on it that are open to the caller.",
)


class SourceTables(ThingView):
    """The tables and views of a source, looked up there."""

    gives = serializers.TablesOut
    operation = "list_source_tables"
    summary = "List the tables of a source"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        source = visible(sources_visible_to(by), pk=ids["pk"])
        return {"tables": tables_in(source, by=by)}


Drawings = list_view(
    drawings_of,
    of=sources_visible_to,
    operation="list_drawings",
    gives=serializers.DrawingOut,
    summary="List the drawings from a source",
    about="The drawings from a source.",
)

OneDrawing = thing_view(
    drawings_visible_to,
    operation="get_drawing",
    gives=serializers.OneDrawingOut,
    about="A drawing, and the acts on it that are open to the caller.",
)
