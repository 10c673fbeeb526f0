from typing import Any

from marketplace.core import longest_of
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.web.bounded import serializers


class ObjectToClaimIn(serializers.Serializer[Any]):
    """What is held against a claim."""

    text = serializers.CharField(max_length=longest_of(Objection, "text"))


class DecideObjectionIn(serializers.Serializer[Any]):
    """The decision and why."""

    is_upheld = serializers.BooleanField()
    reason = serializers.CharField(max_length=500)


class AttachExhibitIn(serializers.Serializer[Any]):
    """A file, as one part of a multipart request."""

    title = serializers.CharField(
        max_length=longest_of(Exhibit, "title"), allow_blank=True, default=""
    )
    upload = serializers.FileField(allow_empty_file=True)
