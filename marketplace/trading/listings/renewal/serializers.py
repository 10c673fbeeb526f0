from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.services import approve_renewal
from marketplace.web.bounded import serializers
from marketplace.web.taking import serializer_of

ChecklistIn = serializer_of(
    approve_renewal,
    name="ChecklistIn",
    about="The points that the reviewer has checked: all of them, to publish.\n\n`columns` names "
    "each one that counts for less than was found, to which the reviewer agrees.",
)


class ListingRenewalOut(serializers.ModelSerializer[ListingRenewal]):
    """What was asked for, and how a second officer decided."""

    class Meta:
        model = ListingRenewal
        fields = (
            *("id", "listing", "state", "certificate", "risk_report", "appraisal"),
            *("on_sale_from", "on_sale_until", "reason", "old_sheet_digest", "decided_at"),
            "created_at",
        )
