from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.web.bounded import serializers


class MeasuringTermsOut(serializers.ModelSerializer[MeasuringTerms]):
    """How a listing may be measured; `epsilon` is what each measurement spends."""

    sources = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = MeasuringTerms
        fields = (
            *("id", "listing", "is_open", "epsilon", "most_of_buyer", "person", "rows"),
            *("source", "sources", "created_at"),
        )
