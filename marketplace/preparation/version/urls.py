from django.urls import path

from marketplace.core import Scope
from marketplace.preparation.version import views
from marketplace.preparation.version.selectors import looks_at, looks_visible_to, sources_visible_to
from marketplace.preparation.version.serializers import LookOut
from marketplace.preparation.version.services import open_look
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("preparation/<uuid:pk>/looks/", views.look_list, name="look_list"),
    path("preparation/<uuid:pk>/looks/open/", views.look_open, name="look_open"),
]

api_patterns = [
    list_view(
        "preparations/<uuid:pk>/looks/",
        looks_at,
        of=sources_visible_to,
        operation="list_looks",
        gives=LookOut,
        summary="List the looks at raw rows",
        about="Who looked at raw rows of a source version, at which, and why.",
    ),
    thing_view(
        "looks/<uuid:pk>/",
        looks_visible_to,
        operation="get_look",
        gives=LookOut,
        summary="Get a look at raw rows",
        about="A look at raw rows of a source version.",
    ),
    act_view(
        "preparations/<uuid:pk>/looks/open/",
        open_look,
        scope=Scope.TRADE,
        takes=serializer_of(
            open_look,
            name="LookIn",
            about="Why somebody looks: at a few rows, or at all values of a column that is named.",
        ),
        gives=LookOut,
        creates=True,
        made_at="get_look",
        summary="Open a look at raw rows",
        about="""Open raw values of a source version to yourself for half an hour, with a reason.

    Addresses that show raw values answer 409 `look-needed` to whoever has opened none.
    """,
    ),
]
