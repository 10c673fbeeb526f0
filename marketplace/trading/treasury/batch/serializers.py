from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.web.bounded import serializers


class BatchOut(serializers.ModelSerializer[PayoutBatch]):
    """Payouts as one file for the bank."""

    reference = serializers.CharField(read_only=True)

    class Meta:
        model = PayoutBatch
        fields = (
            *("id", "reference", "currency", "count", "control_sum", "execute_on", "created_at"),
        )


class BatchLineOut(serializers.ModelSerializer[BatchLine]):
    """A payout within a batch."""

    class Meta:
        model = BatchLine
        fields = ("id", "batch", "disbursement", "state", "reason", "created_at")
