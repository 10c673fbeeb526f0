from typing import Any

from marketplace.trading.listings.measuring.models import LONGEST_COLUMN, MeasuringTerms
from marketplace.trading.listings.measuring.services import (
    MOST_MEASUREMENTS,
    MOST_ROWS,
    MOST_SOURCES,
)
from marketplace.web.bounded import serializers


class AllowMeasuringIn(serializers.Serializer[Any]):
    """Whether buyers may measure, what it may spend, and who and what is told apart."""

    is_open = serializers.BooleanField()
    epsilon = serializers.DecimalField(max_digits=9, decimal_places=3)
    most_of_buyer = serializers.IntegerField(min_value=1, max_value=MOST_MEASUREMENTS)
    person = serializers.CharField(max_length=LONGEST_COLUMN, default="", allow_blank=True)
    rows = serializers.IntegerField(min_value=1, max_value=MOST_ROWS, default=1)
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=LONGEST_COLUMN, default="", allow_blank=True
    )
    sources = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_COLUMN),
        max_length=MOST_SOURCES,
        default=list,
    )


class MeasuringTermsOut(serializers.ModelSerializer[MeasuringTerms]):
    """How a listing may be measured; `epsilon` is what each measurement spends."""

    sources = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = MeasuringTerms
        fields = (
            *("id", "listing", "is_open", "epsilon", "most_of_buyer", "person", "rows"),
            *("source", "sources", "created_at"),
        )
