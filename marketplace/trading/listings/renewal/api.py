"""The API of a listing's renewal, and of who is invited to it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.listing import serializers
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.services import invite_to_listing, take_invitation_back
from marketplace.trading.listings.market import selectors as market
from marketplace.trading.listings.renewal import serializers as renewal_serializers
from marketplace.trading.listings.renewal.selectors import renewals_visible_to
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.web.api import ActView, ListView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

RenewListing = act_view(
    renew_listing,
    scope=Scope.TRADE,
    takes=renewal_serializers.RenewIn,
    gives=renewal_serializers.ListingRenewalOut,
    creates=True,
    made_at="get_listing_renewal",
    about="Ask that a listing goes on, with the newest proofs and these days of sale.",
)

ApproveRenewal = act_view(
    approve_renewal,
    scope=Scope.ADMINISTER,
    takes=serializers.ChecklistIn,
    gives=serializers.ListingOut,
    summary="Approve the renewal of a listing",
    about="Let a listing go on as its seller asked, by a second officer, with every point ticked.",
)

ReturnRenewal = act_view(
    return_renewal,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ListingOut,
    summary="Return the renewal of a listing",
    about="Refuse the renewal of a listing, with what has to be corrected.",
)

InviteToListing = act_view(
    invite_to_listing,
    scope=Scope.TRADE,
    takes=renewal_serializers.InviteIn,
    gives=serializers.ListingOut,
    summary="Invite organizations to a listing",
    about="Let further organizations see a listing on the market.",
)


class TakeInvitationBack(ActView):
    """Let an organization see a listing no more; what it has ordered goes on."""

    takes = renewal_serializers.GuestIn
    gives = serializers.ListingOut
    scope = Scope.TRADE
    operation = "take_invitation_back"
    summary = "Take an invitation to a listing back"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Listing:
        """Take back."""
        return take_invitation_back(ids["pk"], organization_id=data["organization"], by=by)


class ListingRenewals(ListView):
    """The renewals of a listing, newest first."""

    gives = renewal_serializers.ListingRenewalOut
    operation = "list_listing_renewals"
    summary = "List the renewals of a listing"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        listing = visible(listings_of_sellers(by), pk=ids["pk"])
        return renewals_visible_to(by).filter(listing=listing)


OneListingRenewal = thing_view(
    renewals_visible_to,
    operation="get_listing_renewal",
    gives=renewal_serializers.ListingRenewalOut,
    summary="Get a renewal of a listing",
    about="A renewal that the seller of a listing asked for.",
)

ListingInvitations = list_view(
    market.guests_of,
    of=listings_of_sellers,
    operation="list_listing_invitations",
    gives=renewal_serializers.ListingInvitationOut,
    summary="List the invitations to a listing",
    about="The organizations that are invited to a listing.",
)
