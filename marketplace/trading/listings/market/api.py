from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, visible
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.market import selectors as market
from marketplace.trading.listings.market import serializers
from marketplace.trading.listings.market.forms import MarketForm
from marketplace.web.api import ListView, ThingView
from marketplace.web.pagination import InOrder
from marketplace.web.parameters import refuse_wrong


class Market(ListView):
    """The published listings, as the form of the market page narrows and sorts them."""

    gives = serializers.MarketListingOut
    operation = "search_market"
    reads = (MarketForm,)
    pages = InOrder
    summary = "Search the market"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        form = MarketForm(request.query_params)
        refuse_wrong(form)
        return market.search_listings(form.query(), by=by).rows


class MarketListing(ThingView):
    """A published listing with everything that a buyer decides on."""

    gives = serializers.OneMarketListingOut
    operation = "get_market_listing"
    summary = "Get a published listing"
    is_public = True

    def thing(self, by: Actor, **ids: UUID) -> Listing:
        return visible(published_listings(by), pk=ids["pk"])
