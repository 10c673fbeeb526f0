from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.listing import api, views
from marketplace.trading.listings.listing.filters import ListingFilters
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.serializers import (
    ChecklistIn,
    ListingOut,
    OneListingOut,
    OthersIn,
)
from marketplace.trading.listings.listing.services import (
    offer_to_others,
    publish_listing,
    resume_listing,
    return_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "listings/",
        listings_of_sellers,
        views.ListingTable,
        "trading/listings/listing_list.html",
        filters=ListingFilters,
        name="listing_list",
    ),
    path("versions/<uuid:pk>/list/", views.listing_draft, name="listing_draft"),
    path("listings/<uuid:pk>/", views.listing_detail, name="listing_detail"),
    path("listings/<uuid:pk>/revise/", views.listing_revise, name="listing_revise"),
    path(
        "listings/<uuid:pk>/offer-to-others/",
        views.listing_offer_to_others,
        name="listing_offer_to_others",
    ),
    act_page(
        "listings/<uuid:pk>/submit/",
        submit_listing,
        done=views.SUBMITTED,
        onto="listing_detail",
        name="listing_submit",
    ),
    path("listings/<uuid:pk>/review/", views.listing_review, name="listing_review"),
    path("listings/<uuid:pk>/publish/", views.listing_publish, name="listing_publish"),
    form_page(
        "listings/<uuid:pk>/return/",
        return_listing,
        done=_("The listing is returned to its seller."),
        onto="listing_detail",
        again=views.review_page,
        of=listings_of_sellers,
        form_as="return_form",
        name="listing_return",
    ),
    form_page(
        "listings/<uuid:pk>/suspend/",
        suspend_listing,
        done=_("The listing is suspended."),
        onto="listing_detail",
        again=views.listing_page,
        of=listings_of_sellers,
        form_as="reason_form",
        name="listing_suspend",
    ),
    act_page(
        "listings/<uuid:pk>/resume/",
        resume_listing,
        done=_("The listing is back on the market."),
        onto="listing_detail",
        name="listing_resume",
    ),
    form_page(
        "listings/<uuid:pk>/withdraw/",
        withdraw_listing,
        done=_("The listing is withdrawn."),
        onto="listing_detail",
        again=views.listing_page,
        of=listings_of_sellers,
        form_as="reason_form",
        name="listing_withdraw",
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
    thing_view(
        "listings/<uuid:pk>/",
        listings_of_sellers,
        operation="get_listing",
        gives=OneListingOut,
        about="A listing, with the acts on it that are open to whoever asks.",
    ),
    path("listings/<uuid:pk>/gate/", api.ListingGate.as_view(), name="api_get_listing_gate"),
    path(
        "listings/<uuid:pk>/revise/",
        api.ReviseListing.as_view(),
        name="api_revise_listing",
    ),
    act_view(
        "listings/<uuid:pk>/offer-to-others/",
        offer_to_others,
        scope=Scope.TRADE,
        takes=OthersIn,
        gives=ListingOut,
        creates=True,
        made_at="get_listing",
        summary="Offer a listing to others too",
        about="Draft what a listing offers once more, free for organizations of certain kinds.",
    ),
    act_view("listings/<uuid:pk>/submit/", submit_listing, scope=Scope.TRADE, gives=ListingOut),
    act_view(
        "listings/<uuid:pk>/publish/",
        publish_listing,
        scope=Scope.ADMINISTER,
        takes=ChecklistIn,
        gives=ListingOut,
        about="Let a listing into the market, by a second officer, with every point ticked.",
    ),
    act_view(
        "listings/<uuid:pk>/return/",
        return_listing,
        scope=Scope.ADMINISTER,
        gives=ListingOut,
    ),
    act_view(
        "listings/<uuid:pk>/suspend/",
        suspend_listing,
        scope=Scope.TRADE,
        gives=ListingOut,
        about="Take a listing off the market for the time being.",
    ),
    act_view("listings/<uuid:pk>/resume/", resume_listing, scope=Scope.TRADE, gives=ListingOut),
    act_view(
        "listings/<uuid:pk>/withdraw/",
        withdraw_listing,
        scope=Scope.TRADE,
        gives=ListingOut,
        about="Take a listing off the market for good.",
    ),
]
