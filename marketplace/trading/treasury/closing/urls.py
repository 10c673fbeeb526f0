from django.urls import URLPattern

from marketplace.core import Scope
from marketplace.trading.treasury.closing.selectors import closings_visible_to
from marketplace.trading.treasury.closing.serializers import CloseIn, ClosingOut
from marketplace.trading.treasury.closing.services import close_day
from marketplace.web.api import act_view, list_view

api_patterns = [
    list_view(
        "closings/",
        closings_visible_to,
        operation="list_closings",
        gives=ClosingOut,
        summary="List closed days",
        about="The closed days, for the centre.",
    ),
    act_view(
        "closings/close/",
        close_day,
        scope=Scope.ADMINISTER,
        compares=False,
        takes=CloseIn,
        gives=ClosingOut,
        summary="Close the books of a day",
        about="Close the books of a past day; closing it again answers the same closing.",
    ),
]

urlpatterns: list[URLPattern] = []
