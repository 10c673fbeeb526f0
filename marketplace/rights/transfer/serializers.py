from typing import Any

from marketplace.rights.right.choices import Right
from marketplace.web.bounded import serializers


class OpenTransferIn(serializers.Serializer[Any]):
    """What passes, and to whom; no rights named means all of the certificate's."""

    acquirer_id = serializers.UUIDField()
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=Right.choices), default=list
    )
    limits = serializers.CharField(max_length=300, allow_blank=True, default="")
    reference = serializers.CharField(max_length=120, allow_blank=True, default="")
