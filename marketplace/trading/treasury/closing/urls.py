from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.closing import views
from marketplace.trading.treasury.closing.selectors import (
    closing_proposals_visible_to,
    closings_visible_to,
)
from marketplace.trading.treasury.closing.serializers import (
    ClosingOut,
    ClosingProposalOut,
)
from marketplace.trading.treasury.closing.services import (
    confirm_closing,
    propose_closing,
    reject_closing,
)
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    thing_page(
        "money/days/<uuid:pk>/",
        closing_proposals_visible_to,
        views.closing_page,
        name="closing_detail",
    ),
    act_page(
        "money/days/<uuid:pk>/confirm/",
        confirm_closing,
        name="closing_confirm",
        done=_("The day is closed; the ledger keeps its digest."),
        onto="closing_detail",
    ),
    form_page(
        "money/days/<uuid:pk>/reject/",
        reject_closing,
        done=_("The day stays open. It can be proposed again."),
        onto="closing_detail",
        again=views.closing_page,
        of=closing_proposals_visible_to,
        name="closing_reject",
    ),
]

api_patterns = [
    list_view(
        "closings/",
        closings_visible_to,
        operation="list_closings",
        gives=ClosingOut,
        summary="List closed days",
        about="The closed days, for the centre.",
    ),
    list_view(
        "closing-proposals/",
        closing_proposals_visible_to,
        operation="list_closing_proposals",
        gives=ClosingProposalOut,
        summary="List proposals to close a day",
        about="The days that were added up to be closed, for the centre.",
    ),
    act_view(
        "closing-proposals/propose/",
        propose_closing,
        scope=Scope.ADMINISTER,
        compares=False,
        takes=serializer_of(propose_closing, name="CloseIn", about="The day to close."),
        gives=ClosingProposalOut,
        summary="Propose to close a day",
        about=(
            "Add up the books of a past day, for a second finance officer to close it. Proposing "
            "it again answers the proposal that waits."
        ),
    ),
    thing_view(
        "closing-proposals/<uuid:pk>/",
        closing_proposals_visible_to,
        operation="get_closing_proposal",
        gives=ClosingProposalOut,
        summary="Read a proposal to close a day",
        about="The day, its totals and their digest, and whether it is closed.",
    ),
    act_view(
        "closing-proposals/<uuid:pk>/confirm/",
        confirm_closing,
        scope=Scope.ADMINISTER,
        gives=ClosingProposalOut,
        summary="Close the books of a day",
        about=(
            "Close the books of a day that another finance officer proposed; confirming it again "
            "changes nothing."
        ),
    ),
    act_view(
        "closing-proposals/<uuid:pk>/reject/",
        reject_closing,
        scope=Scope.ADMINISTER,
        gives=ClosingProposalOut,
        summary="Leave a day open",
        about="Say why a day is not closed by these totals. It can be proposed again.",
    ),
]
