from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.drawing import views
from marketplace.catalog.drawing.serializers import DrawingIn, DrawingOut, OneDrawingOut
from marketplace.catalog.drawing.services import cancel_drawing, start_drawing
from marketplace.catalog.source.selectors import (
    drawings_of,
    drawings_visible_to,
    sources_visible_to,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("sources/<uuid:pk>/draw/", views.drawing_start, name="drawing_start"),
    path("drawings/<uuid:pk>/", views.drawing_detail, name="drawing_detail"),
    path("drawings/<uuid:pk>/state/", views.drawing_state, name="drawing_state"),
    act_page(
        "drawings/<uuid:pk>/cancel/",
        cancel_drawing,
        done=_("The drawing is cancelled. Nothing of it is kept."),
        onto="source_detail",
        at="source_id",
        name="drawing_cancel",
    ),
]

api_patterns = [
    act_view(
        "sources/<uuid:pk>/start-drawing/",
        start_drawing,
        scope=Scope.TRADE,
        takes=DrawingIn,
        group="wanted",
        gives=DrawingOut,
        about="Have a table or view drawn as the newest version of the dataset.",
    ),
    list_view(
        "sources/<uuid:pk>/drawings/",
        drawings_of,
        of=sources_visible_to,
        operation="list_drawings",
        gives=DrawingOut,
        summary="List the drawings from a source",
        about="The drawings from a source.",
    ),
    thing_view(
        "drawings/<uuid:pk>/",
        drawings_visible_to,
        operation="get_drawing",
        gives=OneDrawingOut,
        about="A drawing, and the acts on it that are open to the caller.",
    ),
    act_view(
        "drawings/<uuid:pk>/cancel/",
        cancel_drawing,
        scope=Scope.TRADE,
        gives=DrawingOut,
        about="End a drawing that waits or works.",
    ),
]
