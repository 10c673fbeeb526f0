from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.serializers import ListingOut
from marketplace.trading.listings.publication import api, views
from marketplace.trading.listings.publication.serializers import OneListingOut
from marketplace.trading.listings.publication.services import (
    publish_listing,
    resume_listing,
    return_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.serializers import ChecklistIn
from marketplace.trading.listings.renewal.services import (
    return_renewal,
)
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, thing_view

urlpatterns = [
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
    path("listings/<uuid:pk>/approve-renewal/", views.renewal_approve, name="renewal_approve"),
    form_page(
        "listings/<uuid:pk>/return-renewal/",
        return_renewal,
        done=_("The renewal is returned to the seller."),
        onto="listing_detail",
        again=views.review_page,
        of=listings_of_sellers,
        form_as="return_form",
        name="renewal_return",
    ),
    path("listings/<uuid:pk>/invite/", views.listing_invite, name="listing_invite"),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        views.invitation_take_back,
        name="invitation_take_back",
    ),
]

api_patterns = [
    thing_view(
        "listings/<uuid:pk>/",
        listings_of_sellers,
        operation="get_listing",
        gives=OneListingOut,
        about="A listing, with the acts on it that are open to whoever asks.",
    ),
    path("listings/<uuid:pk>/gate/", api.ListingGate.as_view(), name="api_get_listing_gate"),
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
