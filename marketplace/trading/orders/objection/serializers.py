from marketplace.trading.orders.remedy.models import Remedy
from marketplace.web.bounded import serializers


class RemedyOut(serializers.ModelSerializer[Remedy]):
    """What a seller offered a buyer who objected to a delivery."""

    class Meta:
        model = Remedy
        fields = (
            *("id", "order", "text", "refund", "replacement", "replaced", "state", "reason"),
            *("created_at", "ended_at"),
        )
