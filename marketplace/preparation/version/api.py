"""The API of a version that is prepared, and of looks at its raw rows."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.preparation.version import serializers
from marketplace.preparation.version.models import Look
from marketplace.preparation.version.selectors import looks_at, source_visible_to
from marketplace.preparation.version.serializers import LookOut
from marketplace.web.api import ListView, ThingView


class OnePreparation(ThingView):
    """A source version on its way, and the acts on it that are open to the caller."""

    gives = serializers.PreparationOut
    operation = "get_preparation"
    summary = "Get what can be done with a source version"

    def thing(self, by: Actor, **ids: UUID) -> DatasetVersion:
        return source_visible_to(by, ids["pk"])


class Looks(ListView):
    """Who looked at raw rows of a source version, at which, and why."""

    gives = LookOut
    operation = "list_looks"
    summary = "List the looks at raw rows"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Look]:
        return looks_at(source_visible_to(by, ids["pk"]))
