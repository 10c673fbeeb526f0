from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.listing import api
from marketplace.trading.listings.listing.filters import ListingFilters
from marketplace.trading.listings.listing.selectors import guests_of, listings_of_sellers
from marketplace.trading.listings.listing.serializers import (
    ListingInvitationOut,
    ListingOut,
)
from marketplace.trading.listings.listing.services import invite_to_listing, offer_to_others
from marketplace.trading.listings.listing.tables import ListingTable
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

urlpatterns = [
    list_of(
        "listings/",
        listings_of_sellers,
        ListingTable,
        "trading/listings/listing_list.html",
        filters=ListingFilters,
        name="listing_list",
    ),
]

api_patterns = [
    list_view(
        "listings/",
        listings_of_sellers,
        operation="list_listings",
        filters=ListingFilters,
        gives=ListingOut,
        about="The listings that one works on: one's own, or all for the centre's staff.",
    ),
    path("versions/<uuid:pk>/draft-listing/", api.DraftListing.as_view(), name="api_draft_listing"),
    path(
        "listings/<uuid:pk>/revise/",
        api.ReviseListing.as_view(),
        name="api_revise_listing",
    ),
    act_view(
        "listings/<uuid:pk>/offer-to-others/",
        offer_to_others,
        scope=Scope.TRADE,
        takes=serializer_of(
            offer_to_others,
            name="OthersIn",
            about="To which kinds of organizations a listing is offered too, free of charge.",
        ),
        gives=ListingOut,
        creates=True,
        made_at="get_listing",
        summary="Offer a listing to others too",
        about="Draft what a listing offers once more, free for organizations of certain kinds.",
    ),
    list_view(
        "listings/<uuid:pk>/invitations/",
        guests_of,
        of=listings_of_sellers,
        operation="list_listing_invitations",
        gives=ListingInvitationOut,
        summary="List the invitations to a listing",
        about="The organizations that are invited to a listing.",
    ),
    act_view(
        "listings/<uuid:pk>/invite/",
        invite_to_listing,
        scope=Scope.TRADE,
        takes=serializer_of(
            invite_to_listing, name="InviteIn", about="The organizations to invite."
        ),
        gives=ListingOut,
        summary="Invite organizations to a listing",
        about="Let further organizations see a listing on the market.",
    ),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        api.TakeInvitationBack.as_view(),
        name="api_take_invitation_back",
    ),
]
