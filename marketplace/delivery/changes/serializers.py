from typing import Any

from marketplace.web.bounded import serializers


class ChangesIn(serializers.Serializer[Any]):
    """From which revision on somebody asks what changed, and where a page begins."""

    since = serializers.CharField(max_length=40, default="", allow_blank=True)
    as_of = serializers.CharField(max_length=40, default="", allow_blank=True)
    after = serializers.IntegerField(min_value=0, default=0)
    limit = serializers.IntegerField(min_value=1, required=False)


class ChangesOut(serializers.Serializer[Any]):
    """Changed rows as JSON, each with `_change_type` and `_revision`.

    The kinds are `insert`, `delete`, `update_preimage` and `update_postimage`. `revision` is that
    of the page: a page is of one revision alone.
    """

    rows = serializers.ListField(child=serializers.DictField())
    next_after = serializers.IntegerField(allow_null=True)
    revision = serializers.IntegerField()
