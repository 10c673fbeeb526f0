"""The cases that wait for a second person, in the API. They are decided by the acts of things."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.review import serializers
from marketplace.review.models import Case
from marketplace.review.selectors import cases_visible_to, open_cases
from marketplace.web.api import ListView, list_view, thing_view
from marketplace.web.pagination import CursorPages


class OldestFirst(CursorPages):
    """The queue: who waits longest comes first."""

    ordering = ("created_at", "pk")


class OpenCases(ListView):
    """The review queue: the open cases that the caller may see, oldest first."""

    gives = serializers.CaseOut
    pages = OldestFirst
    operation = "list_open_cases"
    summary = "List the review queue"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Case]:
        return open_cases(by)


Cases = list_view(
    cases_visible_to,
    operation="list_cases",
    gives=serializers.CaseOut,
    about="Every case that the caller may see, the decided ones too, newest first.",
)

OneCase = thing_view(
    cases_visible_to,
    operation="get_case",
    gives=serializers.CaseOut,
    about="A case that the caller may see.",
)
