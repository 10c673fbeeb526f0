from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.services import end_feed, open_feed
from marketplace.core import Scope
from marketplace.trading.listings.line import api, views
from marketplace.trading.listings.line.serializers import FedDatasetOut, FeedOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

ONE = "datasets/<uuid:pk>/feed/"

urlpatterns = [
    path(ONE, views.dataset_feed, name="dataset_feed"),
    path(f"{ONE}open/", views.feed_open, name="feed_open"),
    act_page(
        f"{ONE}end/",
        end_feed,
        done=_("The feed is ended. What arrived stays."),
        onto="dataset_feed",
        name="feed_end",
    ),
]
api_patterns = [
    path(ONE, api.DatasetLine.as_view(), name="api_get_line"),
    act_view(
        f"{ONE}open/",
        open_feed,
        scope=Scope.TRADE,
        takes=serializer_of(
            open_feed,
            about="How often new data comes, from when on, and from which source it is drawn.",
        ),
        gives=FeedOut,
        about="Say that a dataset brings new data of the same kind, and when it is expected.",
    ),
    act_view(
        f"{ONE}end/",
        end_feed,
        scope=Scope.TRADE,
        gives=FedDatasetOut,
        summary="End a feed",
        about="Expect no more new data of a dataset.",
    ),
]
