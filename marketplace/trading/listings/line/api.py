from typing import Any
from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.feed.services import open_feed
from marketplace.catalog.source.extraction import Extraction
from marketplace.core import Actor, Scope, visible
from marketplace.trading.listings.line import serializers
from marketplace.trading.listings.line.selectors import Line, line_of
from marketplace.web.api import ActView, ThingView


class DatasetLine(ThingView):
    """The feed of a dataset, and how far each arrival came."""

    gives = serializers.LineOut
    operation = "get_line"
    summary = "Get the line of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Line:
        """Select."""
        return line_of(visible(datasets_visible_to(by), pk=ids["pk"]))


class OpenFeed(ActView):
    """Say that a dataset brings new data of the same kind, and when it is expected."""

    takes = serializers.OpenFeedIn
    gives = serializers.FeedOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Feed:
        said = data.pop("extraction")
        extraction = Extraction(**{**said, "key": tuple(said["key"])}) if said else Extraction()
        return open_feed(ids["pk"], **data, extraction=extraction, by=by)
