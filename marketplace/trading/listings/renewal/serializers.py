from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.web.bounded import serializers


class ListingRenewalOut(serializers.ModelSerializer[ListingRenewal]):
    """What was asked for, and how a second officer decided."""

    class Meta:
        model = ListingRenewal
        fields = (
            *("id", "listing", "state", "certificate", "risk_report", "appraisal"),
            *("on_sale_from", "on_sale_until", "reason", "old_sheet_digest", "decided_at"),
            "created_at",
        )
