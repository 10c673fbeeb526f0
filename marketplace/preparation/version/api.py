"""The API of looks at raw rows."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor
from marketplace.preparation.version.models import Look
from marketplace.preparation.version.selectors import looks_at, source_visible_to
from marketplace.preparation.version.serializers import LookOut
from marketplace.web.api import ListView


class Looks(ListView):
    """Who looked at raw rows of a source version, at which, and why."""

    gives = LookOut
    operation = "list_looks"
    summary = "List the looks at raw rows"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Look]:
        return looks_at(source_visible_to(by, ids["pk"]))
