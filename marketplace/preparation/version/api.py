"""The API of a version that is prepared, and of looks at its raw rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.serializers import DatasetVersionOut
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.preparation.version import serializers
from marketplace.preparation.version.models import Look
from marketplace.preparation.version.selectors import looks_at, looks_visible_to, source_visible_to
from marketplace.preparation.version.serializers import LookIn, LookOut
from marketplace.preparation.version.services import destroy_raw_data, open_look
from marketplace.web.api import ListView, ThingView, act_view, thing_view

DestroyRawData = act_view(
    destroy_raw_data,
    scope=Scope.TRADE,
    gives=DatasetVersionOut,
    summary="Destroy raw data",
    about="Destroy the raw bytes of a source version for good; masked versions and reports stay.",
)


class OnePreparation(ThingView):
    """A source version on its way, and the acts on it that are open to the caller."""

    gives = serializers.PreparationOut
    operation = "get_preparation"
    summary = "Get what can be done with a source version"

    def thing(self, by: Actor, **ids: UUID) -> DatasetVersion:
        return source_visible_to(by, ids["pk"])


# Looks at raw rows in the API.

OpenLook = act_view(
    open_look,
    scope=Scope.TRADE,
    takes=LookIn,
    gives=LookOut,
    creates=True,
    made_at="get_look",
    summary="Open a look at raw rows",
    about="""Open raw values of a source version to yourself for half an hour, with a reason.

    Addresses that show raw values answer 409 `look-needed` to whoever has opened none.
    """,
)


class Looks(ListView):
    """Who looked at raw rows of a source version, at which, and why."""

    gives = LookOut
    operation = "list_looks"
    summary = "List the looks at raw rows"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Look]:
        return looks_at(source_visible_to(by, ids["pk"]))


OneLook = thing_view(
    looks_visible_to,
    operation="get_look",
    gives=LookOut,
    summary="Get a look at raw rows",
    about="A look at raw rows of a source version.",
)
