from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.trading.orders.dispute import views
from marketplace.trading.orders.dispute.filters import DisputeFilters
from marketplace.trading.orders.dispute.selectors import (
    disputes_visible_to,
    exhibits_of,
    exhibits_visible_to,
)
from marketplace.trading.orders.dispute.serializers import (
    DisputeExhibitOut,
    DisputeOut,
    DivideIn,
    OneDisputeOut,
    ShowIn,
    TextIn,
)
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    appeal_dispute,
    decide_dispute,
    open_dispute,
    propose_settlement,
    record_ruling,
    show_exhibit,
    take_over_mediation,
    withdraw_dispute,
)
from marketplace.trading.orders.dispute.tables import DisputeTable
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.pages import signed_in
from marketplace.web.taking import serializer_of

DISPUTE = "disputes/<uuid:pk>/"

urlpatterns = [
    list_of(
        "disputes/",
        disputes_visible_to,
        DisputeTable,
        "trading/orders/disputes/list.html",
        filters=DisputeFilters,
        name="dispute_list",
    ),
    path("orders/<uuid:pk>/dispute/", views.dispute_open, name="dispute_open"),
    path(DISPUTE, signed_in(views.dispute_page), name="dispute_detail"),
    path(f"{DISPUTE}exhibits/", views.dispute_show, name="dispute_show"),
    path(f"{DISPUTE}exhibits/<uuid:exhibit_pk>/", views.dispute_exhibit, name="dispute_exhibit"),
    act_page(
        f"{DISPUTE}withdraw/",
        withdraw_dispute,
        done=_("The dispute is withdrawn. The order continues as before."),
        onto="dispute_detail",
        name="dispute_withdraw",
    ),
    form_page(
        f"{DISPUTE}propose/",
        propose_settlement,
        done=_("Proposed to both sides."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="propose",
        name="dispute_propose",
    ),
    form_page(
        f"{DISPUTE}take-over/",
        take_over_mediation,
        done=_("You mediate this dispute from now on."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="take_over",
        name="dispute_take_over",
    ),
    form_page(
        f"{DISPUTE}answer/",
        answer_settlement,
        done=_("Your answer is recorded."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="answer",
        name="dispute_answer",
    ),
    form_page(
        f"{DISPUTE}decide/",
        decide_dispute,
        done=_("Decided. It takes effect when the time to appeal is over."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="decide",
        name="dispute_decide",
    ),
    form_page(
        f"{DISPUTE}appeal/",
        appeal_dispute,
        done=_("The appeal is recorded. Everything stands still on."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="appeal",
        name="dispute_appeal",
    ),
    form_page(
        f"{DISPUTE}ruling/",
        record_ruling,
        done=_("The ruling is recorded and the money divided by it."),
        onto="dispute_detail",
        again=views.dispute_page,
        form_as="decide",
        name="dispute_rule",
    ),
]

api_patterns = [
    list_view(
        "disputes/",
        disputes_visible_to,
        operation="list_disputes",
        filters=DisputeFilters,
        gives=DisputeOut,
        about="The disputes about the orders of which one is a side; all for the centre.",
    ),
    act_view(
        "orders/<uuid:pk>/open-dispute/",
        open_dispute,
        scope=Scope.TRADE,
        takes=TextIn,
        gives=DisputeOut,
        creates=True,
        made_at="get_dispute",
        about="""Dispute an order: money and access stand still from this moment.

    While it is disputed, other words are answered 409 `dispute-running`: either side adds to the
    dispute that runs, whose address is `instead`, by `show_exhibit`.
    """,
    ),
    thing_view(
        DISPUTE,
        disputes_visible_to,
        operation="get_dispute",
        gives=OneDisputeOut,
        about=(
            "A dispute with its frozen evidence, and the acts on it that are open to whoever asks."
        ),
    ),
    list_view(
        f"{DISPUTE}exhibits/",
        exhibits_of,
        of=disputes_visible_to,
        operation="list_dispute_exhibits",
        gives=DisputeExhibitOut,
        summary="List the files of a dispute",
        about="What both sides of a dispute showed.",
    ),
    thing_view(
        "dispute-exhibits/<uuid:pk>/",
        exhibits_visible_to,
        operation="get_dispute_exhibit",
        gives=DisputeExhibitOut,
        summary="Get a file of a dispute",
        about="A file that a side of a dispute showed, as it is listed.",
    ),
    act_view(
        f"{DISPUTE}show/",
        show_exhibit,
        scope=Scope.TRADE,
        takes=ShowIn,
        gives=DisputeExhibitOut,
        creates=True,
        made_at="get_dispute_exhibit",
        parser_classes=[MultiPartParser],
        summary="Add a file to a dispute",
        about="Add a file to a dispute, as a multipart request.",
    ),
    act_view(
        f"{DISPUTE}withdraw/",
        withdraw_dispute,
        scope=Scope.TRADE,
        gives=DisputeOut,
        about="Take a dispute back: the order goes on as before.",
    ),
    act_view(
        f"{DISPUTE}propose/",
        propose_settlement,
        scope=Scope.TRADE,
        takes=DivideIn,
        gives=DisputeOut,
        about="Propose to both sides how much goes back to the buyer.",
    ),
    act_view(
        f"{DISPUTE}take-over/",
        take_over_mediation,
        scope=Scope.ADMINISTER,
        gives=DisputeOut,
        summary="Take the mediation of a dispute over",
        about="Mediate a dispute in the place of who began; neither of both ever decides it.",
    ),
    act_view(
        f"{DISPUTE}answer/",
        answer_settlement,
        scope=Scope.TRADE,
        takes=serializer_of(
            answer_settlement, name="SettlementAnswerIn", about="Whether a side agrees."
        ),
        gives=DisputeOut,
        summary="Answer a proposed settlement",
        about="Agree to a proposal, or not.",
    ),
    act_view(
        f"{DISPUTE}decide/",
        decide_dispute,
        scope=Scope.ADMINISTER,
        takes=DivideIn,
        gives=DisputeOut,
        about="Decide a dispute as a second officer.",
    ),
    act_view(
        f"{DISPUTE}appeal/",
        appeal_dispute,
        scope=Scope.TRADE,
        takes=TextIn,
        gives=DisputeOut,
        summary="Appeal a decision",
        about="Record that a side took a decision to a court or arbitrator.",
    ),
    act_view(
        f"{DISPUTE}record-ruling/",
        record_ruling,
        scope=Scope.ADMINISTER,
        takes=DivideIn,
        gives=DisputeOut,
        about="Record what a court or arbitrator ruled; the money is divided by it.",
    ),
]
