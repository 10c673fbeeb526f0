"""The addresses of renewals."""

from django.urls import path

from marketplace.trading.listings.renewal import api, views

urlpatterns = [
    path("listings/<uuid:pk>/renew/", views.listing_renew, name="listing_renew"),
    path("listings/<uuid:pk>/approve-renewal/", views.renewal_approve, name="renewal_approve"),
    path("listings/<uuid:pk>/return-renewal/", views.renewal_return, name="renewal_return"),
    path("listings/<uuid:pk>/invite/", views.listing_invite, name="listing_invite"),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        views.invitation_take_back,
        name="invitation_take_back",
    ),
]

api_patterns = [
    path("renewals/<uuid:pk>/", api.OneListingRenewal.as_view(), name="api_get_listing_renewal"),
    path("listings/<uuid:pk>/renew/", api.RenewListing.as_view(), name="api_renew_listing"),
    path(
        "listings/<uuid:pk>/renewals/",
        api.ListingRenewals.as_view(),
        name="api_list_listing_renewals",
    ),
    path(
        "listings/<uuid:pk>/approve-renewal/",
        api.ApproveRenewal.as_view(),
        name="api_approve_renewal",
    ),
    path(
        "listings/<uuid:pk>/return-renewal/",
        api.ReturnRenewal.as_view(),
        name="api_return_renewal",
    ),
    path(
        "listings/<uuid:pk>/invitations/",
        api.ListingInvitations.as_view(),
        name="api_list_listing_invitations",
    ),
    path(
        "listings/<uuid:pk>/invite/",
        api.InviteToListing.as_view(),
        name="api_invite_to_listing",
    ),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        api.TakeInvitationBack.as_view(),
        name="api_take_invitation_back",
    ),
]
