from typing import Any

from marketplace.core import longest_of
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.web.bounded import serializers


class BatchIn(serializers.Serializer[Any]):
    """The currency, and a key under which the same request is one batch."""

    currency = serializers.CharField(max_length=longest_of(PayoutBatch, "currency"))
    request_key = serializers.CharField(max_length=longest_of(PayoutBatch, "request_key"))


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
