from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.held_line import views
from marketplace.trading.treasury.held_line.selectors import held_lines_visible_to
from marketplace.trading.treasury.held_line.serializers import HeldLineOut
from marketplace.trading.treasury.held_line.services import (
    confirm_held_line,
    propose_held_line,
    reject_held_line,
)
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    thing_page(
        "money/held-lines/<uuid:pk>/",
        held_lines_visible_to,
        views.held_line_page,
        name="held_line_detail",
    ),
    form_page(
        "money/held-lines/<uuid:pk>/propose/",
        propose_held_line,
        done=_("What you said waits for a second finance officer. The line stays held until then."),
        onto="held_line_detail",
        again=views.held_line_page,
        of=held_lines_visible_to,
        name="held_line_propose",
    ),
    act_page(
        "money/held-lines/<uuid:pk>/confirm/",
        confirm_held_line,
        name="held_line_confirm",
        done=_("Decided. The line is held no more."),
        onto="held_line_detail",
    ),
    form_page(
        "money/held-lines/<uuid:pk>/reject/",
        reject_held_line,
        done=_("Rejected. The line stays held, and is to be compared again."),
        onto="held_line_detail",
        again=views.held_line_page,
        of=held_lines_visible_to,
        name="held_line_reject",
    ),
]

api_patterns = [
    list_view(
        "held-lines/",
        held_lines_visible_to,
        operation="list_held_lines",
        gives=HeldLineOut,
        summary="List held bank lines",
        about="Bank lines that may be told twice, and what was said of them, for the centre.",
    ),
    thing_view(
        "held-lines/<uuid:pk>/",
        held_lines_visible_to,
        operation="get_held_line",
        gives=HeldLineOut,
        summary="Get a held bank line",
        about="A bank line that may be told twice, and the line that it is alike to.",
    ),
    act_view(
        "held-lines/<uuid:pk>/propose/",
        propose_held_line,
        scope=Scope.ADMINISTER,
        takes=serializer_of(propose_held_line, name="SaysIn", about="What a held line is."),
        gives=HeldLineOut,
        summary="Say what a held bank line is",
        about=(
            "Say whether a held bank line is the same line as one told before, or another one, "
            "for a second finance officer to confirm. The same again changes nothing."
        ),
    ),
    act_view(
        "held-lines/<uuid:pk>/confirm/",
        confirm_held_line,
        scope=Scope.ADMINISTER,
        gives=HeldLineOut,
        summary="Confirm what was said of a held bank line",
        about=(
            "Confirm what was said of a held bank line, as a second finance officer. Another line "
            "counts from then on."
        ),
    ),
    act_view(
        "held-lines/<uuid:pk>/reject/",
        reject_held_line,
        scope=Scope.ADMINISTER,
        gives=HeldLineOut,
        summary="Reject what was said of a held bank line",
        about="Say, with a reason, that a held bank line is not what was said; it stays held.",
    ),
]
