from typing import Any

from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActOut


class EarlierReleaseOut(serializers.Serializer[Any]):
    """A version of the same people that was let out before.

    `passed` is null until both were tried together; `is_untried` says that they have to be before
    the version may go to the market, `is_refused` that it may not.
    """

    version = serializers.UUIDField(source="earlier.pk")
    number = serializers.IntegerField(source="earlier.number")
    dataset = serializers.UUIDField(source="earlier.dataset_id")
    title = serializers.CharField(source="earlier.dataset.title")
    published_at = serializers.DateTimeField(source="earlier.publication.created_at")
    passed = serializers.BooleanField(source="tried.passed", default=None, allow_null=True)
    is_untried = serializers.BooleanField()
    is_refused = serializers.BooleanField()


class EarlierReleasesOut(serializers.Serializer[Any]):
    """The releases that whoever holds a version may hold too, oldest first, and the acts on it."""

    releases = EarlierReleaseOut(many=True)
    acts = serializers.DictField(child=ActOut())
