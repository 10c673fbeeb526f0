"""The API of a listing's renewal, and of who is invited to it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.listing import serializers
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.services import take_invitation_back
from marketplace.trading.listings.renewal import serializers as renewal_serializers
from marketplace.trading.listings.renewal.selectors import renewals_visible_to
from marketplace.web.api import ActView, ListView


class TakeInvitationBack(ActView):
    """Let an organization see a listing no more; what it has ordered goes on."""

    takes = renewal_serializers.GuestIn
    gives = serializers.ListingOut
    scope = Scope.TRADE
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
