from typing import Any

from marketplace.core import Actor, Scope
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.serializers import (
    DraftIn,
    GuestIn,
    ListingOut,
    OfferIn,
)
from marketplace.trading.listings.listing.services import (
    draft_listing,
    revise_listing,
    take_invitation_back,
)
from marketplace.web.api import ActView


class DraftListing(ActView):
    """Begin to offer a desensitized version; its id stands in the address."""

    takes = DraftIn
    gives = ListingOut
    creates = True
    made_at = "get_listing"
    scope = Scope.TRADE
    summary = "Draft a listing of a version"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return draft_listing(ids["pk"], offer=DraftIn.offer(data), replaces=data["replaces"], by=by)


class ReviseListing(ActView):
    """Change what a draft or a returned listing says."""

    takes = OfferIn
    gives = ListingOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        return revise_listing(ids["pk"], offer=OfferIn.offer(data), by=by)


class TakeInvitationBack(ActView):
    """Let an organization see a listing no more; what it has ordered goes on."""

    takes = GuestIn
    gives = ListingOut
    scope = Scope.TRADE
    summary = "Take an invitation to a listing back"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        """Take back."""
        return take_invitation_back(ids["pk"], organization_id=data["organization"], by=by)
