from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank_match import api, views
from marketplace.trading.treasury.bank_match.selectors import bank_matches_visible_to
from marketplace.trading.treasury.bank_match.serializers import MatchOut
from marketplace.trading.treasury.bank_match.services import withdraw_match
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view

urlpatterns = [
    path("money/bank-lines/<uuid:pk>/confirm/", views.match_confirm, name="match_confirm"),
    path("money/bank-lines/<uuid:pk>/decline/", views.match_decline, name="match_decline"),
    path("money/bank-matches/<uuid:pk>/", views.match_detail, name="match_detail"),
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
    path(
        "bank-lines/<uuid:pk>/confirm/",
        api.ConfirmMatch.as_view(),
        name="api_confirm_match",
    ),
    path(
        "bank-lines/<uuid:pk>/decline/",
        api.DeclineMatch.as_view(),
        name="api_decline_match",
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
