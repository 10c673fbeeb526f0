from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.inquiry.forms import AskForm
from marketplace.trading.listings.inquiry.services import ask_seller
from marketplace.trading.listings.market import api, views
from marketplace.web.act_pages import form_page

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
    form_page(
        "market/<uuid:pk>/ask/",
        ask_seller,
        AskForm,
        done=_("Your inquiry is with the seller. You are told when it is answered."),
        onto="listing_public",
        again=views.listing_page,
        of=published_listings,
        form_as="ask_form",
        name="inquiry_make",
    ),
]

api_patterns = [
    path("market/", api.Market.as_view(), name="api_search_market"),
    path("market/<uuid:pk>/", api.MarketListing.as_view(), name="api_get_market_listing"),
]
