from django.urls import path

from marketplace.catalog.version.serializers import DatasetVersionOut
from marketplace.core import Scope
from marketplace.preparation.version import api, views
from marketplace.preparation.version.selectors import looks_visible_to
from marketplace.preparation.version.serializers import LookIn, LookOut
from marketplace.preparation.version.services import destroy_raw_data, open_look
from marketplace.web.api import act_view, thing_view

urlpatterns = [
    path("preparation/<uuid:pk>/", views.preparation_detail, name="preparation_detail"),
    path(
        "preparation/<uuid:pk>/raw-data/destroy/",
        views.raw_data_destroy,
        name="raw_data_destroy",
    ),
    path("preparation/<uuid:pk>/looks/", views.look_list, name="look_list"),
    path("preparation/<uuid:pk>/looks/open/", views.look_open, name="look_open"),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/raw-data/destroy/",
        destroy_raw_data,
        scope=Scope.TRADE,
        gives=DatasetVersionOut,
        summary="Destroy raw data",
        about=(
            "Destroy the raw bytes of a source version for good; masked versions and reports stay."
        ),
    ),
    path("preparations/<uuid:pk>/looks/", api.Looks.as_view(), name="api_list_looks"),
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
        takes=LookIn,
        gives=LookOut,
        creates=True,
        made_at="get_look",
        summary="Open a look at raw rows",
        about="""Open raw values of a source version to yourself for half an hour, with a reason.

    Addresses that show raw values answer 409 `look-needed` to whoever has opened none.
    """,
    ),
    path("preparations/<uuid:pk>/", api.OnePreparation.as_view(), name="api_get_preparation"),
]
