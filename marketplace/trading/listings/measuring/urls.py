"""The addresses of the measuring of listings."""

from django.urls import path

from marketplace.trading.listings.measuring import api, views

urlpatterns = [
    path("listings/<uuid:pk>/measuring/", views.measuring_allow, name="measuring_allow"),
]

api_patterns = [
    path(
        "listings/<uuid:pk>/allow-measuring/",
        api.AllowMeasuring.as_view(),
        name="api_allow_measuring",
    ),
]
