"""What the API gives of the market."""

from __future__ import annotations

from marketplace.trading.listings.listing.models import Listing
from marketplace.web.bounded import serializers


class MarketListingOut(serializers.ModelSerializer[Listing]):
    """A published listing: the frozen sheet with its digest."""

    sheet = serializers.DictField()

    class Meta:
        model = Listing
        fields = (
            *("id", "title", "summary", "plan", "price", "currency", "published_at"),
            *("sheet", "sheet_digest"),
            *("quota", "on_sale_from", "on_sale_until"),
        )
