"""The cases that wait for a second person, in the API. They are decided by the acts of things."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.review import serializers
from marketplace.review.models import Case
from marketplace.review.selectors import cases_visible_to, open_cases
from marketplace.web.api import ListView, ThingView
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


class Cases(ListView):
    """Every case that the caller may see, the decided ones too, newest first."""

    gives = serializers.CaseOut
    operation = "list_cases"
    summary = "List cases"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Case]:
        return cases_visible_to(by)


class OneCase(ThingView):
    """A case that the caller may see."""

    gives = serializers.CaseOut
    operation = "get_case"
    summary = "Get a case"

    def thing(self, by: Actor, **ids: UUID) -> Case:
        return visible(cases_visible_to(by), pk=ids["pk"])
