from typing import Any

from marketplace.delivery.changelog.selectors import Change, Line
from marketplace.trading.listings.history.serializers import RevisionRulesOut
from marketplace.web.bounded import serializers


class ChangelogLineOut(serializers.Serializer[Line]):
    """One thing that happened.

    Of a revision `number`, `sha256` and how many rows of the whole product came, changed and went
    (null until it was compared), and `rules` how the rules of quality differ; of rules that promise
    less `rules`; of what was late `due_on`.
    """

    at = serializers.DateTimeField()
    change = serializers.ChoiceField(choices=Change.choices)
    number = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    rows_inserted = serializers.IntegerField(
        source="difference.inserted", allow_null=True, default=None
    )
    rows_updated = serializers.IntegerField(
        source="difference.updated", allow_null=True, default=None
    )
    rows_deleted = serializers.IntegerField(
        source="difference.deleted", allow_null=True, default=None
    )
    rules = RevisionRulesOut(allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class ChangelogOut(serializers.Serializer[Any]):
    """What happened under a grant, newest first."""

    lines = ChangelogLineOut(many=True)
