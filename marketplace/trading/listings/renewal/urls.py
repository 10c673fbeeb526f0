from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.serializers import ChecklistIn, ListingOut
from marketplace.trading.listings.listing.services import invite_to_listing
from marketplace.trading.listings.listing.views import review_page
from marketplace.trading.listings.market.selectors import guests_of
from marketplace.trading.listings.renewal import api, views
from marketplace.trading.listings.renewal.selectors import renewals_visible_to
from marketplace.trading.listings.renewal.serializers import (
    InviteIn,
    ListingInvitationOut,
    ListingRenewalOut,
    RenewIn,
)
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("listings/<uuid:pk>/renew/", views.listing_renew, name="listing_renew"),
    path("listings/<uuid:pk>/approve-renewal/", views.renewal_approve, name="renewal_approve"),
    form_page(
        "listings/<uuid:pk>/return-renewal/",
        return_renewal,
        done=_("The renewal is returned to the seller."),
        onto="listing_detail",
        again=review_page,
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
        takes=RenewIn,
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
        takes=InviteIn,
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
