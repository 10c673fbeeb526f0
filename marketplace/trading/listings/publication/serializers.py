from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.serializers import ListingOut
from marketplace.trading.listings.publication.acts import acts_on_listing
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class OneListingOut(ListingOut):
    """A listing with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(ListingOut.Meta):
        fields = (*ListingOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, listing: Listing) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_listing(listing, actor(self.context["request"])).as_json()
