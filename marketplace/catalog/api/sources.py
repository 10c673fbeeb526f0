"""Database sources and drawings in the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.catalog import source_serializers as serializers
from marketplace.catalog.connections import Connection
from marketplace.catalog.looking import tables_in
from marketplace.catalog.models import DatabaseSource, Drawing
from marketplace.catalog.selectors import (
    datasets_visible_to,
    drawings_of,
    drawings_visible_to,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.services.drawings import Wanted, cancel_drawing, start_drawing
from marketplace.catalog.services.sources import (
    change_source_password,
    check_source,
    close_source,
    register_source,
)
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView


class RegisterSource(ActView):
    """Register a database that a dataset is drawn from; the password is never told again."""

    takes = serializers.ConnectionIn
    gives = serializers.SourceOut
    # A kept answer would keep a digest of the password; the connection itself tells a repetition.
    keeps_answer = False
    creates = True
    operation = "register_source"
    summary = "Register a database source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return register_source(ids["pk"], connection=Connection(**data), by=by)


class ChangeSourcePassword(ActView):
    """Replace the password of a source."""

    takes = serializers.PasswordIn
    gives = serializers.SourceOut
    keeps_answer = False
    operation = "change_source_password"
    summary = "Change the password of a source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return change_source_password(ids["pk"], password=data["password"], by=by)


class CheckSource(ActView):
    """Connect to a source and answer whether that worked."""

    gives = serializers.SourceOut
    # Trying it may not wait in a transaction.
    keeps_answer = False
    operation = "check_source"
    summary = "Check the connection to a source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return check_source(ids["pk"], by=by)


class CloseSource(ActView):
    """Draw from a source no more, and destroy its password."""

    gives = serializers.SourceOut
    operation = "close_source"
    summary = "Close a source"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatabaseSource:
        return close_source(ids["pk"], by=by)


class StartDrawing(ActView):
    """Have a table or view drawn as the newest version of the dataset."""

    takes = serializers.DrawingIn
    gives = serializers.DrawingOut
    operation = "start_drawing"
    summary = "Start a drawing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Drawing:
        return start_drawing(ids["pk"], wanted=Wanted(**data), by=by)


class CancelDrawing(ActView):
    """End a drawing that waits or works."""

    gives = serializers.DrawingOut
    operation = "cancel_drawing"
    summary = "Cancel a drawing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Drawing:
        return cancel_drawing(ids["pk"], by=by)


class Sources(ListView):
    """The sources of a dataset."""

    gives = serializers.SourceOut
    operation = "list_sources"
    summary = "List the sources of a dataset"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[DatabaseSource]:
        return sources_of(visible(datasets_visible_to(by), pk=ids["pk"]))


class OneSource(ThingView):
    """A source, and the acts on it that are open to the caller."""

    gives = serializers.OneSourceOut
    operation = "get_source"
    summary = "Get a source"

    def thing(self, by: Actor, **ids: UUID) -> DatabaseSource:
        return visible(sources_visible_to(by), pk=ids["pk"])


class SourceTables(ThingView):
    """The tables and views of a source, looked up there."""

    gives = serializers.TablesOut
    operation = "list_source_tables"
    summary = "List the tables of a source"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        source = visible(sources_visible_to(by), pk=ids["pk"])
        return {"tables": tables_in(source, by=by)}


class Drawings(ListView):
    """The drawings from a source."""

    gives = serializers.DrawingOut
    operation = "list_drawings"
    summary = "List the drawings from a source"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Drawing]:
        return drawings_of(visible(sources_visible_to(by), pk=ids["pk"]))


class OneDrawing(ThingView):
    """A drawing, and the acts on it that are open to the caller."""

    gives = serializers.OneDrawingOut
    operation = "get_drawing"
    summary = "Get a drawing"

    def thing(self, by: Actor, **ids: UUID) -> Drawing:
        return visible(drawings_visible_to(by), pk=ids["pk"])
