"""The API of listings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.listings.gate.serializers import GateOut
from marketplace.trading.listings.listing import selectors
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.offer_serializers import DraftIn, OfferIn
from marketplace.trading.listings.listing.serializers import ChecklistIn, ListingOut, OneListingOut
from marketplace.trading.listings.listing.services.deciding import publish_listing, return_listing
from marketplace.trading.listings.listing.services.drafting import (
    draft_listing,
    revise_listing,
    submit_listing,
)
from marketplace.trading.listings.listing.services.suspending import (
    resume_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class DraftListing(ActView):
    """Begin to offer a desensitized version; its id stands in the address."""

    takes = DraftIn
    gives = ListingOut
    creates = True
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
    operation = "revise_listing"
    summary = "Revise a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return revise_listing(ids["pk"], offer=OfferIn.offer(data), by=by)


class SubmitListing(ActView):
    """Bind the proofs that stand now and ask a second officer to publish."""

    gives = ListingOut
    operation = "submit_listing"
    summary = "Submit a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return submit_listing(ids["pk"], by=by)


class PublishListing(ActView):
    """Let a listing into the market, by a second officer, with every point ticked."""

    takes = ChecklistIn
    gives = ListingOut
    operation = "publish_listing"
    summary = "Publish a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return publish_listing(ids["pk"], **data, by=by)


class ReturnListing(ActView):
    """Send a submitted listing back, with what has to be corrected."""

    takes = ReasonIn
    gives = ListingOut
    operation = "return_listing"
    summary = "Return a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return return_listing(ids["pk"], reason=data["reason"], by=by)


class SuspendListing(ActView):
    """Take a listing off the market for the time being."""

    takes = ReasonIn
    gives = ListingOut
    operation = "suspend_listing"
    summary = "Suspend a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return suspend_listing(ids["pk"], reason=data["reason"], by=by)


class ResumeListing(ActView):
    """Bring a suspended listing back, when all its proofs stand."""

    gives = ListingOut
    operation = "resume_listing"
    summary = "Resume a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return resume_listing(ids["pk"], by=by)


class WithdrawListing(ActView):
    """Take a listing off the market for good."""

    takes = ReasonIn
    gives = ListingOut
    operation = "withdraw_listing"
    summary = "Withdraw a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return withdraw_listing(ids["pk"], reason=data["reason"], by=by)


class Listings(ListView):
    """The listings that one works on: one's own, or all for the centre's staff."""

    gives = ListingOut
    operation = "list_listings"
    summary = "List listings"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.listings_of_sellers(by)


class OneListing(ThingView):
    """A listing, with the acts on it that are open to whoever asks."""

    gives = OneListingOut
    operation = "get_listing"
    summary = "Get a listing"

    def thing(self, by: Actor, **ids: UUID) -> Listing:
        return visible(selectors.listings_of_sellers(by), pk=ids["pk"])


class ListingGate(ThingView):
    """What the gate says of a listing at this moment."""

    gives = GateOut
    operation = "get_listing_gate"
    summary = "Ask the gate about a listing"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        listing = visible(selectors.listings_of_sellers(by), pk=ids["pk"])
        found = selectors.gate_findings(listing)
        return {"is_open": not found, "findings": found}
