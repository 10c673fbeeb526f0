from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank_match import views
from marketplace.trading.treasury.bank_match.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank_match.serializers import MatchOut
from marketplace.trading.treasury.bank_match.services import (
    confirm_match,
    decline_match,
    withdraw_match,
)
from marketplace.web.act_pages import form_page, thing_page
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

MATCH_IN = serializer_of(
    confirm_match, name="MatchIn", about="The outgoing money of which something is said."
)

urlpatterns = [
    thing_page(
        "money/bank-matches/<uuid:pk>/",
        bank_matches_visible_to,
        views.match_page,
        name="match_detail",
    ),
    form_page(
        "money/bank-matches/<uuid:pk>/withdraw/",
        withdraw_match,
        done=_("Taken back. The line is to be compared again."),
        onto="match_detail",
        again=views.match_page,
        of=bank_matches_visible_to,
        name="match_withdraw",
    ),
]

api_patterns = [
    act_view(
        "bank-lines/<uuid:pk>/confirm/",
        confirm_match,
        scope=Scope.ADMINISTER,
        takes=MATCH_IN,
        gives=MatchOut,
        operation="confirm_bank_match",
        summary="Confirm a bank line as outgoing money",
        about="Say that a bank line without our reference is this money that went out.",
    ),
    act_view(
        "bank-lines/<uuid:pk>/decline/",
        decline_match,
        scope=Scope.ADMINISTER,
        takes=MATCH_IN,
        gives=MatchOut,
        operation="decline_bank_match",
        summary="Decline a bank line as outgoing money",
        about="Say that a bank line is other money than this.",
    ),
    list_view(
        "bank-matches/",
        bank_matches_visible_to,
        operation="list_bank_matches",
        gives=MatchOut,
        summary="List what was said of bank lines",
        about="What finance officers said of bank lines, for the centre.",
    ),
    act_view(
        "bank-matches/<uuid:pk>/withdraw/",
        withdraw_match,
        scope=Scope.ADMINISTER,
        gives=MatchOut,
        operation="withdraw_bank_match",
        summary="Take back what was said of a bank line",
        about="Take back what was said of a bank line, with a reason.",
    ),
]
