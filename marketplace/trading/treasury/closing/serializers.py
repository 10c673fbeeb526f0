from typing import Any

from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.web.bounded import serializers


class CloseIn(serializers.Serializer[Any]):
    """The day to close."""

    day = serializers.DateField()


class ClosingOut(serializers.ModelSerializer[DayClosing]):
    """A closed day with its totals."""

    totals = serializers.DictField()

    class Meta:
        model = DayClosing
        fields = ("id", "day", "closed_until", "transfers", "totals", "digest", "created_at")
