from typing import Any

from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.connections import Connection
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.source.rules import acts_on_source
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer


class ConnectionIn(ActSerializer):
    """How to reach a database and with what to sign in."""

    takes = staticmethod(Connection)


class SourceOut(serializers.ModelSerializer[DatabaseSource]):
    """A source, without its password. `check_sentence` says why the last try failed."""

    check_sentence = serializers.SerializerMethodField()

    class Meta:
        model = DatabaseSource
        fields: tuple[str, ...] = (
            "id",
            "dataset",
            "name",
            "kind",
            "host",
            "port",
            "database",
            "user",
            "tls",
            "state",
            "checked_at",
            "check_error",
            "check_sentence",
            "created_at",
        )

    def get_check_sentence(self, source: DatabaseSource) -> str:
        """Word the code."""
        return (
            sentence_of(source.check_error, source.check_parameters) if source.check_error else ""
        )


class OneSourceOut(SourceOut):
    """A source with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_source)

    class Meta(SourceOut.Meta):
        fields: tuple[str, ...] = (*SourceOut.Meta.fields, "acts")


class TableOut(serializers.Serializer[Any]):
    """A table or view."""

    schema = serializers.CharField()
    name = serializers.CharField()


class TablesOut(serializers.Serializer[Any]):
    """The tables and views that the user may read."""

    tables = TableOut(many=True)
