from typing import Any

from marketplace.trading.listings.gate import GateFinding
from marketplace.web.bounded import serializers


class GateFindingOut(serializers.Serializer[GateFinding]):
    """Something that does not stand."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class GateOut(serializers.Serializer[Any]):
    """The gate of a listing: open when nothing was found."""

    is_open = serializers.BooleanField()
    findings = GateFindingOut(many=True)
