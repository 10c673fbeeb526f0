"""The addresses of feeds."""

from django.urls import path

from marketplace.trading.listings.line import api, views

ONE = "datasets/<uuid:pk>/feed/"

urlpatterns = [
    path(ONE, views.dataset_feed, name="dataset_feed"),
    path(f"{ONE}open/", views.feed_open, name="feed_open"),
    path(f"{ONE}end/", views.feed_end, name="feed_end"),
]
api_patterns = [
    path(ONE, api.DatasetLine.as_view(), name="api_get_line"),
    path(f"{ONE}open/", api.OpenFeed.as_view(), name="api_open_feed"),
    path(f"{ONE}end/", api.EndFeed.as_view(), name="api_end_feed"),
]
