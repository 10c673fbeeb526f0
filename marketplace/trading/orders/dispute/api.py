"""The API of disputes."""

from __future__ import annotations

from rest_framework.parsers import MultiPartParser

from marketplace.core.scopes import Scope
from marketplace.trading.orders.dispute import selectors, serializers, services
from marketplace.trading.orders.dispute.filters import DisputeFilters
from marketplace.web.api import (
    act_view,
    list_view,
    thing_view,
)
from marketplace.web.serializers import ReasonIn

Disputes = list_view(
    selectors.disputes_visible_to,
    operation="list_disputes",
    filters=DisputeFilters,
    gives=serializers.DisputeOut,
    about="The disputes about the orders of which one is a side; all for the centre.",
)

OneDispute = thing_view(
    selectors.disputes_visible_to,
    operation="get_dispute",
    gives=serializers.OneDisputeOut,
    about="A dispute with its frozen evidence, and the acts on it that are open to whoever asks.",
)

Exhibits = list_view(
    selectors.exhibits_of,
    of=selectors.disputes_visible_to,
    operation="list_dispute_exhibits",
    gives=serializers.DisputeExhibitOut,
    summary="List the files of a dispute",
    about="What both sides of a dispute showed.",
)

OneExhibit = thing_view(
    selectors.exhibits_visible_to,
    operation="get_dispute_exhibit",
    gives=serializers.DisputeExhibitOut,
    summary="Get a file of a dispute",
    about="A file that a side of a dispute showed, as it is listed.",
)

OpenDispute = act_view(
    services.open_dispute,
    scope=Scope.TRADE,
    takes=serializers.TextIn,
    gives=serializers.DisputeOut,
    creates=True,
    made_at="get_dispute",
    about="""Dispute an order: money and access stand still from this moment.

    While it is disputed, other words are answered 409 `dispute-running`: either side adds to the
    dispute that runs, whose address is `instead`, by `show_exhibit`.
    """,
)

ShowExhibit = act_view(
    services.show_exhibit,
    scope=Scope.TRADE,
    takes=serializers.ShowIn,
    gives=serializers.DisputeExhibitOut,
    creates=True,
    made_at="get_dispute_exhibit",
    parser_classes=[MultiPartParser],
    summary="Add a file to a dispute",
    about="Add a file to a dispute, as a multipart request.",
)

WithdrawDispute = act_view(
    services.withdraw_dispute,
    scope=Scope.TRADE,
    gives=serializers.DisputeOut,
    about="Take a dispute back: the order goes on as before.",
)

ProposeSettlement = act_view(
    services.propose_settlement,
    scope=Scope.TRADE,
    takes=serializers.DivideIn,
    gives=serializers.DisputeOut,
    about="Propose to both sides how much goes back to the buyer.",
)

TakeOverMediation = act_view(
    services.take_over_mediation,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.DisputeOut,
    summary="Take the mediation of a dispute over",
    about="Mediate a dispute in the place of who began; neither of both ever decides it.",
)

AnswerSettlement = act_view(
    services.answer_settlement,
    scope=Scope.TRADE,
    takes=serializers.SettlementAnswerIn,
    gives=serializers.DisputeOut,
    summary="Answer a proposed settlement",
    about="Agree to a proposal, or not.",
)

DecideDispute = act_view(
    services.decide_dispute,
    scope=Scope.ADMINISTER,
    takes=serializers.DivideIn,
    gives=serializers.DisputeOut,
    about="Decide a dispute as a second officer.",
)

AppealDispute = act_view(
    services.appeal_dispute,
    scope=Scope.TRADE,
    takes=serializers.TextIn,
    gives=serializers.DisputeOut,
    summary="Appeal a decision",
    about="Record that a side took a decision to a court or arbitrator.",
)

RecordRuling = act_view(
    services.record_ruling,
    scope=Scope.ADMINISTER,
    takes=serializers.DivideIn,
    gives=serializers.DisputeOut,
    about="Record what a court or arbitrator ruled; the money is divided by it.",
)
