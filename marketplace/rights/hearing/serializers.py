from typing import Any

from marketplace.core import longest_of
from marketplace.rights.objection.models import Exhibit
from marketplace.web.bounded import serializers


class AttachExhibitIn(serializers.Serializer[Any]):
    """A file, as one part of a multipart request."""

    title = serializers.CharField(
        max_length=longest_of(Exhibit, "title"), allow_blank=True, default=""
    )
    upload = serializers.FileField(allow_empty_file=True)
