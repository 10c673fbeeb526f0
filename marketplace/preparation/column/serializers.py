from typing import Any

from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.column.presentation import evidence_of
from marketplace.preparation.column.services import set_hierarchy
from marketplace.preparation.version.selectors import look_in_force
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.taking import ActSerializer


class FindingOut(serializers.ModelSerializer[ColumnFinding]):
    """What was found about a column."""

    evidence = serializers.SerializerMethodField()
    profile = serializers.JSONField()

    class Meta:
        model = ColumnFinding
        fields = ("position", "name", "role", "kind", "confidence", "evidence", "profile")

    def get_evidence(self, finding: ColumnFinding) -> str:
        """Return why the class is proposed."""
        return evidence_of(finding)


class HierarchyIn(ActSerializer):
    """What each value of a column becomes: one row a value, the value first, then its labels."""

    takes = staticmethod(set_hierarchy)
    rows = serializers.ListField(
        child=serializers.ListField(
            child=serializers.CharField(allow_blank=True, trim_whitespace=False)
        )
    )


class HierarchyOut(serializers.ModelSerializer[ColumnHierarchy]):
    """A hierarchy that was set; `digest` is that of its rows in canonical form (RFC 8785).

    `rows` hold the values of the data: they are null but to whoever has a look at the column open.
    """

    column = serializers.CharField(source="name")
    rows = serializers.SerializerMethodField()

    class Meta:
        model = ColumnHierarchy
        fields = ("id", "version", "column", "rows", "digest", "created_at")

    def get_rows(self, hierarchy: ColumnHierarchy) -> list[list[str]] | None:
        """Return the rows to whoever has said why they look at them."""
        by = actor(self.context["request"])
        looks = look_in_force(hierarchy.version, column=hierarchy.name, by=by)
        return None if looks is None else hierarchy.rows


class InheritedColumnOut(serializers.Serializer[Any]):
    """A hierarchy of an earlier version; it was set where `covers`, else so many values are new.

    `problem` says why the values of the column could not be looked at.
    """

    column = serializers.CharField(source="finding.name")
    version_number = serializers.IntegerField(source="number")
    covers = serializers.BooleanField()
    new_values = serializers.IntegerField(source="new_count")
    problem = serializers.CharField(allow_blank=True)


class InheritedOut(serializers.Serializer[Any]):
    """What earlier versions had for columns without a hierarchy of their own."""

    columns = InheritedColumnOut(many=True)
