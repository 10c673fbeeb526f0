from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.listing.serializers import ListingOut
from marketplace.trading.listings.renewal import api, views
from marketplace.trading.listings.renewal.selectors import renewals_visible_to
from marketplace.trading.listings.renewal.serializers import ChecklistIn, ListingRenewalOut
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.web.api import act_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("listings/<uuid:pk>/renew/", views.listing_renew, name="listing_renew"),
]

api_patterns = [
    thing_view(
        "renewals/<uuid:pk>/",
        renewals_visible_to,
        operation="get_listing_renewal",
        gives=ListingRenewalOut,
        summary="Get a renewal of a listing",
        about="A renewal that the seller of a listing asked for.",
    ),
    act_view(
        "listings/<uuid:pk>/renew/",
        renew_listing,
        scope=Scope.TRADE,
        takes=serializer_of(
            renew_listing,
            name="RenewIn",
            about="The days on which the listing is sold from now on; what is left out bounds "
            "nothing.",
        ),
        gives=ListingRenewalOut,
        creates=True,
        made_at="get_listing_renewal",
        about="Ask that a listing goes on, with the newest proofs and these days of sale.",
    ),
    path(
        "listings/<uuid:pk>/renewals/",
        api.ListingRenewals.as_view(),
        name="api_list_listing_renewals",
    ),
    act_view(
        "listings/<uuid:pk>/approve-renewal/",
        approve_renewal,
        scope=Scope.ADMINISTER,
        takes=ChecklistIn,
        gives=ListingOut,
        summary="Approve the renewal of a listing",
        about=(
            "Let a listing go on as its seller asked, by a second officer, with every point ticked."
        ),
    ),
    act_view(
        "listings/<uuid:pk>/return-renewal/",
        return_renewal,
        scope=Scope.ADMINISTER,
        gives=ListingOut,
        summary="Return the renewal of a listing",
        about="Refuse the renewal of a listing, with what has to be corrected.",
    ),
]
