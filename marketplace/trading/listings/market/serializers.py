from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.serializers import PriceField
from marketplace.trading.listings.listing.texts import NAMES
from marketplace.trading.listings.market.rules import acts_on_offer
from marketplace.trading.listings.plans import PricePer
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class MarketListingOut(serializers.ModelSerializer[Listing]):
    """A published listing: the frozen sheet with its digest."""

    price = PriceField()
    price_per = serializers.ChoiceField(choices=PricePer.choices)
    price_brief = serializers.CharField()
    sheet = serializers.DictField()

    class Meta:
        model = Listing
        fields: tuple[str, ...] = (
            *(
                "id",
                *NAMES,
                "plan",
                "price",
                "price_per",
                "price_brief",
                "currency",
                "published_at",
            ),
            *("sheet", "sheet_digest"),
            *("quota", "on_sale_from", "on_sale_until"),
        )


class OneMarketListingOut(MarketListingOut):
    """A published listing with whether it can be ordered by whoever asks, and else why not."""

    acts = serializers.SerializerMethodField()

    class Meta(MarketListingOut.Meta):
        fields = (*MarketListingOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, listing: Listing) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_offer(listing, actor(self.context["request"])).as_json()
