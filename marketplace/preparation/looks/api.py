"""Looks at raw rows in the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.preparation.looking import looks_at
from marketplace.preparation.looks.serializers import LookIn, LookOut
from marketplace.preparation.models import Look
from marketplace.preparation.selectors import source_visible_to
from marketplace.preparation.services.looks import open_look
from marketplace.web.api import ListView, act_view

OpenLook = act_view(
    open_look,
    takes=LookIn,
    gives=LookOut,
    creates=True,
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
