from typing import Any

from marketplace.trading.orders.settlement.serializers import ChargeOut
from marketplace.trading.treasury.allocation.choosing import Fit
from marketplace.web.bounded import serializers


class PaymentChoiceOut(serializers.Serializer[Any]):
    """An open amount that the payment could be meant for, and why."""

    charge = ChargeOut()
    fits = serializers.ListField(child=serializers.ChoiceField(Fit.choices))


class PaymentChoicesOut(serializers.Serializer[Any]):
    """The open amounts that a payment could be meant for, the likeliest first."""

    choices = PaymentChoiceOut(many=True)
