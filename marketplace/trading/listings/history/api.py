from typing import Any
from uuid import UUID

from rest_framework.request import Request

from marketplace.core import Actor, visible
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.history import serializers
from marketplace.trading.listings.history.selectors import (
    Freshness,
    freshness_of,
    public_revisions,
)
from marketplace.web.api import ListView, ThingView


class MarketRevisions(ListView):
    """The revisions of what a published listing offers, newest first, with what changed."""

    gives = serializers.PublicRevisionOut
    operation = "list_market_revisions"
    summary = "List the revisions of a published listing"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: UUID) -> Any:
        return public_revisions(visible(published_listings(by), pk=ids["pk"]).product)


class MarketFreshness(ThingView):
    """How fresh the data of a published listing is, against the days that its seller promised."""

    gives = serializers.FreshnessOut
    operation = "get_market_freshness"
    summary = "Get how fresh a published listing is"
    is_public = True

    def thing(self, by: Actor, **ids: UUID) -> Freshness:
        return freshness_of(visible(published_listings(by), pk=ids["pk"]).product)
