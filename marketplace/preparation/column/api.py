from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, Scope
from marketplace.preparation.column import serializers
from marketplace.preparation.column.inheritance import Inherited
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.column.services import inherit_hierarchies
from marketplace.preparation.version.selectors import source_visible_to
from marketplace.web.api import ActView, ListView
from marketplace.web.pagination import CursorPages


class InTableOrder(CursorPages):
    """Columns as they stand in the table."""

    ordering = ("position",)


class Findings(ListView):
    """What was found about each column of a source version."""

    gives = serializers.FindingOut
    operation = "list_findings"
    summary = "List what was found about the columns"
    pages = InTableOrder

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[ColumnFinding]:
        return findings_of(source_visible_to(by, ids["pk"]))


class InheritHierarchies(ActView):
    """Set the hierarchies of earlier versions where they still cover every value."""

    gives = serializers.InheritedOut
    scope = Scope.TRADE
    summary = "Take over the hierarchies of earlier versions"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, list[Inherited]]:
        return {"columns": inherit_hierarchies(ids["pk"], by=by)}
