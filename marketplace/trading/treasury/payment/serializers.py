"""What the API takes and gives of payments."""

from __future__ import annotations

from typing import Any

from marketplace.trading.treasury.payment.models import Payment
from marketplace.web.bounded import serializers


class PaymentIn(serializers.Serializer[Any]):
    """The bank's reference of the payment."""

    reference = serializers.CharField()


class PaymentOut(serializers.ModelSerializer[Payment]):
    """Money that came in."""

    class Meta:
        model = Payment
        fields = (
            *("id", "channel", "reference", "amount", "currency", "received_on"),
            *("claimed_reference", "charge", "state", "reason", "created_at"),
        )


class AllocateIn(serializers.Serializer[Any]):
    """The payment reference of what is paid."""

    reference = serializers.CharField()


class RejectIn(serializers.Serializer[Any]):
    """Why a recorded payment is rejected."""

    reason = serializers.CharField(max_length=500)
