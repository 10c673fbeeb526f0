"""The API of recalls: for anybody to report, for reviewers to examine, for buyers to state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.preparation.states import RecallCause
from marketplace.trading.orders.recall import selectors, serializers
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.recall.services import deleting, examining, reporting
from marketplace.web.api import ActView, ListView, ThingView


class ReportReidentification(ActView):
    """Report, without an account, that a person can be found in data. Keep the reference."""

    takes = serializers.ReportReidentificationIn
    gives = serializers.ReportedOut
    creates = True
    is_public = True
    operation = "report_reidentification"
    summary = "Report a re-identification"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Reidentification:
        return reporting.report_reidentification(**data, by=by)


class Reported(ThingView):
    """How far a report is, by its reference."""

    gives = serializers.ReportedOut
    operation = "get_reported_reidentification"
    summary = "See how far a report of a re-identification is"
    is_public = True

    def thing(self, by: Actor, **ids: Any) -> Reidentification:
        return selectors.reidentification_of(ids["reference"])


class Reidentifications(ListView):
    """The reports of re-identifications, for reviewers."""

    gives = serializers.ReidentificationOut
    operation = "list_reidentifications"
    summary = "List reports of re-identifications"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.reidentifications_visible_to(by)


class OverdueDeletions(ListView):
    """Recalls whose buyers have not stated the deletion in time, for reviewers."""

    gives = serializers.RecallOut
    operation = "list_overdue_deletions"
    summary = "List overdue statements of deletion"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.overdue_deletions_visible_to(by)


class OneReidentification(ThingView):
    """A report of a re-identification, for reviewers, with the acts on it that are open to them."""

    gives = serializers.OneReidentificationOut
    operation = "get_reidentification"
    summary = "Get a report of a re-identification"

    def thing(self, by: Actor, **ids: UUID) -> Reidentification:
        return visible(selectors.reidentifications_visible_to(by), pk=ids["pk"])


class ProposeRecall(ActView):
    """Propose, as the first of two reviewers, to recall the verdict of a risk report."""

    takes = serializers.ProposeRecallIn
    gives = serializers.ReidentificationOut
    creates = True
    operation = "propose_recall"
    summary = "Propose the recall of a verdict"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Reidentification:
        cause = RecallCause(data["cause"])
        return reporting.propose_recall(ids["pk"], cause=cause, reason=data["reason"], by=by)


class ExamineReidentification(ActView):
    """Propose, as the first examiner, whether it is proven."""

    takes = serializers.ExamineIn
    gives = serializers.ReidentificationOut
    operation = "examine_reidentification"
    summary = "Examine a report of a re-identification"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Reidentification:
        return examining.examine_reidentification(ids["pk"], **data, by=by)


class DecideReidentification(ActView):
    """Confirm the outcome as a second examiner: proven, the verdict is recalled at once."""

    takes = serializers.DecideIn
    gives = serializers.ReidentificationOut
    operation = "decide_reidentification"
    summary = "Decide a report of a re-identification"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Reidentification:
        confirmed = data["is_confirmed"]
        return examining.decide_reidentification(ids["pk"], is_confirmed=confirmed, by=by)


class OrderRecall(ThingView):
    """What a recall did to an order, for both sides and the centre."""

    gives = serializers.RecallOut
    operation = "get_order_recall"
    summary = "Get the recall of an order"

    def thing(self, by: Actor, **ids: UUID) -> Recall:
        return selectors.recall_visible_to(by, ids["pk"])


class StateDeletion(ActView):
    """State for the buyer that every copy of recalled data is deleted."""

    takes = serializers.DeletionIn
    gives = serializers.RecallOut
    operation = "state_deletion"
    summary = "State the deletion of recalled data"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Recall:
        return deleting.state_deletion(ids["pk"], statement=data["statement"], by=by)
