"""The API of disputes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading.orders.dispute import selectors, serializers
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit
from marketplace.trading.orders.dispute.services import deciding, mediating, opening
from marketplace.web.api import ActView, ListView, Nothing, ThingView
from marketplace.web.serializers import ReasonIn


class Disputes(ListView):
    """The disputes about the orders of which one is a side; all for the centre."""

    gives = serializers.DisputeOut
    operation = "list_disputes"
    summary = "List disputes"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.disputes_visible_to(by)


class OneDispute(ThingView):
    """A dispute with its frozen evidence, and the acts on it that are open to whoever asks."""

    gives = serializers.OneDisputeOut
    operation = "get_dispute"
    summary = "Get a dispute"

    def thing(self, by: Actor, **ids: UUID) -> Dispute:
        return visible(selectors.disputes_visible_to(by), pk=ids["pk"])


class Exhibits(ListView):
    """What both sides of a dispute showed."""

    gives = serializers.DisputeExhibitOut
    operation = "list_dispute_exhibits"
    summary = "List the files of a dispute"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.exhibits_of(visible(selectors.disputes_visible_to(by), pk=ids["pk"]))


class OpenDispute(ActView):
    """Dispute an order: money and access stand still from this moment.

    While it is disputed, other words are answered 409 `dispute-running`: either side adds to the
    dispute that runs, whose address is `instead`, by `show_exhibit`.
    """

    takes = serializers.TextIn
    gives = serializers.DisputeOut
    creates = True
    operation = "open_dispute"
    summary = "Open a dispute"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return opening.open_dispute(ids["pk"], text=data["text"], by=by)


class ShowExhibit(ActView):
    """Add a file to a dispute, as a multipart request."""

    takes = serializers.ShowIn
    gives = serializers.DisputeExhibitOut
    creates = True
    parser_classes = [MultiPartParser]
    operation = "show_exhibit"
    summary = "Add a file to a dispute"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DisputeExhibit:
        return opening.show_exhibit(ids["pk"], title=data["title"], upload=data["upload"], by=by)


class WithdrawDispute(ActView):
    """Take a dispute back: the order goes on as before."""

    takes = Nothing
    gives = serializers.DisputeOut
    operation = "withdraw_dispute"
    summary = "Withdraw a dispute"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return opening.withdraw_dispute(ids["pk"], by=by)


class ProposeSettlement(ActView):
    """Propose to both sides how much goes back to the buyer."""

    takes = serializers.DivideIn
    gives = serializers.DisputeOut
    operation = "propose_settlement"
    summary = "Propose a settlement"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return deciding.propose_settlement(ids["pk"], **data, by=by)


class TakeOverMediation(ActView):
    """Mediate a dispute in the place of who began; neither of both ever decides it."""

    takes = ReasonIn
    gives = serializers.DisputeOut
    operation = "take_over_mediation"
    summary = "Take the mediation of a dispute over"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        """Take over."""
        return mediating.take_over_mediation(ids["pk"], reason=data["reason"], by=by)


class AnswerSettlement(ActView):
    """Agree to a proposal, or not."""

    takes = serializers.SettlementAnswerIn
    gives = serializers.DisputeOut
    operation = "answer_settlement"
    summary = "Answer a proposed settlement"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return deciding.answer_settlement(ids["pk"], is_agreed=data["is_agreed"], by=by)


class DecideDispute(ActView):
    """Decide a dispute as a second officer."""

    takes = serializers.DivideIn
    gives = serializers.DisputeOut
    operation = "decide_dispute"
    summary = "Decide a dispute"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return deciding.decide_dispute(ids["pk"], **data, by=by)


class AppealDispute(ActView):
    """Record that a side took a decision to a court or arbitrator."""

    takes = serializers.TextIn
    gives = serializers.DisputeOut
    operation = "appeal_dispute"
    summary = "Appeal a decision"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return deciding.appeal_dispute(ids["pk"], text=data["text"], by=by)


class RecordRuling(ActView):
    """Record what a court or arbitrator ruled; the money is divided by it."""

    takes = serializers.DivideIn
    gives = serializers.DisputeOut
    operation = "record_ruling"
    summary = "Record a ruling"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dispute:
        return deciding.record_ruling(ids["pk"], **data, by=by)
