from typing import Any
from uuid import UUID

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.gate.serializers import GateOut
from marketplace.trading.listings.listing import selectors
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.serializers import (
    DraftIn,
    ListingOut,
    OfferIn,
)
from marketplace.trading.listings.listing.services import (
    draft_listing,
    revise_listing,
)
from marketplace.web.api import ActView, ThingView


class DraftListing(ActView):
    """Begin to offer a desensitized version; its id stands in the address."""

    takes = DraftIn
    gives = ListingOut
    creates = True
    made_at = "get_listing"
    scope = Scope.TRADE
    summary = "Draft a listing of a version"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return draft_listing(
            ids["pk"], offer=DraftIn.offer(data), replaces=data.get("replaces"), by=by
        )


class ReviseListing(ActView):
    """Change what a draft or a returned listing says."""

    takes = OfferIn
    gives = ListingOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return revise_listing(ids["pk"], offer=OfferIn.offer(data), by=by)


class ListingGate(ThingView):
    """What the gate says of a listing at this moment."""

    gives = GateOut
    operation = "get_listing_gate"
    summary = "Ask the gate about a listing"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        listing = visible(selectors.listings_of_sellers(by), pk=ids["pk"])
        found = selectors.gate_findings(listing)
        return {"is_open": not found, "findings": found}
