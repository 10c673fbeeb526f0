from typing import Any

from marketplace.trading.orders.remedy.models import Remedy
from marketplace.web.bounded import serializers


class OfferRemedyIn(serializers.Serializer[Any]):
    """What the seller says, and how much of what is held goes back: 0 for nothing.

    With `replaces`, the revision that the listing offers now is to be delivered instead.
    """

    text = serializers.CharField()
    refund = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0)
    replaces = serializers.BooleanField(default=False)


class RemedyOut(serializers.ModelSerializer[Remedy]):
    """What a seller offered a buyer who objected to a delivery."""

    class Meta:
        model = Remedy
        fields = (
            *("id", "order", "text", "refund", "replacement", "replaced", "state", "reason"),
            *("created_at", "ended_at"),
        )
