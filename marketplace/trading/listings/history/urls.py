from django.urls import path

from marketplace.trading.listings.history import api, views

urlpatterns = [
    path("market/<uuid:pk>/revisions/", views.listing_history, name="listing_history"),
    path("market/<uuid:pk>/revisions.atom", views.listing_feed, name="listing_feed"),
]

api_patterns = [
    path(
        "market/<uuid:pk>/revisions/",
        api.MarketRevisions.as_view(),
        name="api_list_market_revisions",
    ),
    path(
        "market/<uuid:pk>/freshness/",
        api.MarketFreshness.as_view(),
        name="api_get_market_freshness",
    ),
]
