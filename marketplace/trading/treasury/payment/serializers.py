from typing import Any

from marketplace.core import longest_of
from marketplace.trading.treasury.payment.models import Payment
from marketplace.web.bounded import serializers


class PaymentIn(serializers.Serializer[Any]):
    """The bank's reference of the payment; its amount where it is not just what is still open."""

    reference = serializers.CharField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, required=False)


class PaymentOut(serializers.ModelSerializer[Payment]):
    """Money that came in; `charge` is what it was recorded for, or the first of what it pays."""

    class Meta:
        model = Payment
        fields = (
            *("id", "channel", "reference", "amount", "currency", "received_on", "booked_on"),
            *("claimed_reference", "charge", "state", "reason", "created_at"),
        )


class RejectIn(serializers.Serializer[Any]):
    """Why a recorded payment is rejected."""

    reason = serializers.CharField(max_length=longest_of(Payment))
