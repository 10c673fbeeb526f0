from typing import Any
from uuid import UUID

from marketplace.core import Actor, clock, visible
from marketplace.trading.listings import gate
from marketplace.trading.listings.gate.serializers import GateOut
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.web.api import ThingView


class ListingGate(ThingView):
    """What the gate says of a listing at this moment."""

    gives = GateOut
    operation = "get_listing_gate"
    summary = "Ask the gate about a listing"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        listing = visible(listings_of_sellers(by), pk=ids["pk"])
        found = gate.findings_of(listing, gate.proofs_of(listing), on=clock.today())
        return {"is_open": not found, "findings": found}
