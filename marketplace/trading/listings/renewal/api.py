from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, visible
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.renewal import serializers as renewal_serializers
from marketplace.trading.listings.renewal.selectors import renewals_visible_to
from marketplace.web.api import ListView


class ListingRenewals(ListView):
    """The renewals of a listing, newest first."""

    gives = renewal_serializers.ListingRenewalOut
    operation = "list_listing_renewals"
    summary = "List the renewals of a listing"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        listing = visible(listings_of_sellers(by), pk=ids["pk"])
        return renewals_visible_to(by).filter(listing=listing)
