"""The API of recalls: for anybody to report, for reviewers to examine, for buyers to state."""

from typing import Any
from uuid import UUID

from marketplace.core import Actor
from marketplace.trading.orders.recall import selectors, serializers, services
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.web.api import ActView, ThingView
from marketplace.web.taking import serializer_of


class ReportReidentification(ActView):
    """Report, without an account, that a person can be found in data. Keep the reference."""

    takes = serializer_of(
        services.report_reidentification,
        about="What can be found in which data, and how; no names of persons.",
    )
    gives = serializers.ReportedOut
    creates = True
    made_at = "get_reported_reidentification"
    made_by = "reference"
    is_public = True
    summary = "Report a re-identification"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Reidentification:
        return services.report_reidentification(**data, by=by)


class Reported(ThingView):
    """How far a report is, by its reference."""

    gives = serializers.ReportedOut
    operation = "get_reported_reidentification"
    summary = "See how far a report of a re-identification is"
    is_public = True

    def thing(self, by: Actor, **ids: Any) -> Reidentification:
        return selectors.reidentification_of(ids["reference"])


class OrderRecall(ThingView):
    """What a recall did to an order, for both sides and the centre."""

    gives = serializers.RecallOut
    operation = "get_order_recall"
    summary = "Get the recall of an order"

    def thing(self, by: Actor, **ids: UUID) -> Recall:
        return selectors.recall_visible_to(by, ids["pk"])
