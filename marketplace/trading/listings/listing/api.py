"""The API of listings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.gate.serializers import GateOut
from marketplace.trading.listings.listing import selectors
from marketplace.trading.listings.listing.filters import ListingFilters
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.serializers import (
    ChecklistIn,
    DraftIn,
    ListingOut,
    OfferIn,
    OneListingOut,
    OthersIn,
)
from marketplace.trading.listings.listing.services import (
    draft_listing,
    offer_to_others,
    publish_listing,
    resume_listing,
    return_listing,
    revise_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.web.api import ActView, ThingView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn


class DraftListing(ActView):
    """Begin to offer a desensitized version; its id stands in the address."""

    takes = DraftIn
    gives = ListingOut
    creates = True
    made_at = "get_listing"
    scope = Scope.TRADE
    operation = "draft_listing"
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
    operation = "revise_listing"
    summary = "Revise a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return revise_listing(ids["pk"], offer=OfferIn.offer(data), by=by)


OfferToOthers = act_view(
    offer_to_others,
    scope=Scope.TRADE,
    takes=OthersIn,
    gives=ListingOut,
    creates=True,
    made_at="get_listing",
    summary="Offer a listing to others too",
    about="Draft what a listing offers once more, free for organizations of certain kinds.",
)

SubmitListing = act_view(
    submit_listing,
    scope=Scope.TRADE,
    gives=ListingOut,
)

PublishListing = act_view(
    publish_listing,
    scope=Scope.ADMINISTER,
    takes=ChecklistIn,
    gives=ListingOut,
    about="Let a listing into the market, by a second officer, with every point ticked.",
)

ReturnListing = act_view(
    return_listing,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=ListingOut,
)

SuspendListing = act_view(
    suspend_listing,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=ListingOut,
    about="Take a listing off the market for the time being.",
)

ResumeListing = act_view(
    resume_listing,
    scope=Scope.TRADE,
    gives=ListingOut,
)

WithdrawListing = act_view(
    withdraw_listing,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=ListingOut,
    about="Take a listing off the market for good.",
)

Listings = list_view(
    selectors.listings_of_sellers,
    operation="list_listings",
    filters=ListingFilters,
    gives=ListingOut,
    about="The listings that one works on: one's own, or all for the centre's staff.",
)

OneListing = thing_view(
    selectors.listings_of_sellers,
    operation="get_listing",
    gives=OneListingOut,
    about="A listing, with the acts on it that are open to whoever asks.",
)


class ListingGate(ThingView):
    """What the gate says of a listing at this moment."""

    gives = GateOut
    operation = "get_listing_gate"
    summary = "Ask the gate about a listing"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        listing = visible(selectors.listings_of_sellers(by), pk=ids["pk"])
        found = selectors.gate_findings(listing)
        return {"is_open": not found, "findings": found}
