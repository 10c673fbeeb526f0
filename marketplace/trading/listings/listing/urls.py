"""The addresses of listings."""

from django.urls import path

from marketplace.trading.listings.listing import api, views

urlpatterns = [
    path("listings/", views.listing_list, name="listing_list"),
    path("versions/<uuid:pk>/list/", views.listing_draft, name="listing_draft"),
    path("listings/<uuid:pk>/", views.listing_detail, name="listing_detail"),
    path("listings/<uuid:pk>/revise/", views.listing_revise, name="listing_revise"),
    path(
        "listings/<uuid:pk>/offer-to-others/",
        views.listing_offer_to_others,
        name="listing_offer_to_others",
    ),
    path("listings/<uuid:pk>/submit/", views.listing_submit, name="listing_submit"),
    path("listings/<uuid:pk>/review/", views.listing_review, name="listing_review"),
    path("listings/<uuid:pk>/publish/", views.listing_publish, name="listing_publish"),
    path("listings/<uuid:pk>/return/", views.listing_return, name="listing_return"),
    path("listings/<uuid:pk>/suspend/", views.listing_suspend, name="listing_suspend"),
    path("listings/<uuid:pk>/resume/", views.listing_resume, name="listing_resume"),
    path("listings/<uuid:pk>/withdraw/", views.listing_withdraw, name="listing_withdraw"),
]

api_patterns = [
    path("listings/", api.Listings.as_view(), name="api_list_listings"),
    path("versions/<uuid:pk>/draft-listing/", api.DraftListing.as_view(), name="api_draft_listing"),
    path("listings/<uuid:pk>/", api.OneListing.as_view(), name="api_get_listing"),
    path("listings/<uuid:pk>/gate/", api.ListingGate.as_view(), name="api_get_listing_gate"),
    path(
        "listings/<uuid:pk>/revise/",
        api.ReviseListing.as_view(),
        name="api_revise_listing",
    ),
    path(
        "listings/<uuid:pk>/offer-to-others/",
        api.OfferToOthers.as_view(),
        name="api_offer_to_others",
    ),
    path(
        "listings/<uuid:pk>/submit/",
        api.SubmitListing.as_view(),
        name="api_submit_listing",
    ),
    path(
        "listings/<uuid:pk>/publish/",
        api.PublishListing.as_view(),
        name="api_publish_listing",
    ),
    path(
        "listings/<uuid:pk>/return/",
        api.ReturnListing.as_view(),
        name="api_return_listing",
    ),
    path(
        "listings/<uuid:pk>/suspend/",
        api.SuspendListing.as_view(),
        name="api_suspend_listing",
    ),
    path(
        "listings/<uuid:pk>/resume/",
        api.ResumeListing.as_view(),
        name="api_resume_listing",
    ),
    path(
        "listings/<uuid:pk>/withdraw/",
        api.WithdrawListing.as_view(),
        name="api_withdraw_listing",
    ),
]
