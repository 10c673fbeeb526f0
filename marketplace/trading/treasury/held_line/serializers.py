from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.web.bounded import serializers


class HeldLineOut(serializers.ModelSerializer[HeldLine]):
    """A line that may be told already, and the one that it is alike to."""

    booked_on = serializers.DateField(source="line.booked_on", read_only=True)
    amount = serializers.DecimalField(20, 2, source="line.amount", read_only=True)
    currency = serializers.CharField(source="line.currency", read_only=True)

    class Meta:
        model = HeldLine
        fields = (
            *("id", "line", "alike", "booked_on", "amount", "currency"),
            *("says", "state", "reason", "created_at"),
        )
