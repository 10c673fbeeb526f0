from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.web.bounded import serializers


class BankItemOut(serializers.ModelSerializer[BankItem]):
    """A line of the bank's own; `received_on` is the value date."""

    received_on = serializers.DateField(read_only=True)

    class Meta:
        model = BankItem
        fields = (
            *("id", "line", "kind", "amount", "currency", "payment", "received_on", "booked_on"),
            *("state", "reason", "reversal_reason", "reversed_on", "created_at"),
        )
