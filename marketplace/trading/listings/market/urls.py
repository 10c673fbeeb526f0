from django.urls import path

from marketplace.trading.listings.market import api, views

urlpatterns = [
    path("market/", views.market, name="market"),
    path("market/<uuid:pk>/", views.listing_public, name="listing_public"),
    path("market/<uuid:pk>/policy/", views.listing_policy, name="listing_policy"),
    *(
        path(
            f"market/<uuid:pk>/sample.{form}",
            views.listing_sample,
            {"form": form},
            name=f"listing_sample_{form}",
        )
        for form in ("csv", "parquet")
    ),
    path("market/<uuid:pk>/contract.yaml", views.listing_contract, name="listing_contract"),
]

api_patterns = [
    path("market/", api.Market.as_view(), name="api_search_market"),
    path("market/<uuid:pk>/", api.MarketListing.as_view(), name="api_get_market_listing"),
]
