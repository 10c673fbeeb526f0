from marketplace.trading.treasury.payment.models import Payment
from marketplace.web.bounded import serializers


class PaymentOut(serializers.ModelSerializer[Payment]):
    """Money that came in; `charge` is what it was recorded for, or the first of what it pays."""

    class Meta:
        model = Payment
        fields = (
            *("id", "channel", "reference", "amount", "currency", "received_on", "booked_on"),
            *("claimed_reference", "charge", "state", "reason", "created_at"),
        )
