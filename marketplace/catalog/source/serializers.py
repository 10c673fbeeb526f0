from typing import Any

from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.models import DatabaseKind, DatabaseSource, TlsMode
from marketplace.catalog.source.rules import acts_on_source
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class ConnectionIn(serializers.Serializer[Any]):
    """How to reach a database and with what to sign in."""

    name = serializers.CharField(help_text="What the source is called here.")
    kind = serializers.ChoiceField(choices=DatabaseKind.choices)
    host = serializers.CharField(help_text="A host name or an IP address in full.")
    port = serializers.IntegerField()
    database = serializers.CharField(trim_whitespace=False)
    user = serializers.CharField(trim_whitespace=False)
    password = serializers.CharField(write_only=True, trim_whitespace=False)
    tls = serializers.ChoiceField(choices=TlsMode.choices, default=TlsMode.VERIFY.value)
    authorities = serializers.CharField(
        allow_blank=True,
        default="",
        help_text="Certificates in PEM form to trust in place of the machine's; empty for those.",
    )


class PasswordIn(serializers.Serializer[Any]):
    """A new password."""

    password = serializers.CharField(write_only=True, trim_whitespace=False)


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
