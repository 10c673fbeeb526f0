from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source import api, views
from marketplace.catalog.source.forms import PasswordForm
from marketplace.catalog.source.selectors import (
    drawings_of,
    drawings_visible_to,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.source.serializers import (
    DrawingOut,
    OneDrawingOut,
    OneSourceOut,
    PasswordIn,
    SourceOut,
)
from marketplace.catalog.source.services import (
    cancel_drawing,
    change_source_password,
    check_source,
    close_source,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("datasets/<uuid:pk>/sources/", views.source_list, name="source_list"),
    path("datasets/<uuid:pk>/sources/register/", views.source_register, name="source_register"),
    path("sources/<uuid:pk>/", views.source_detail, name="source_detail"),
    path("sources/<uuid:pk>/check/", views.source_check, name="source_check"),
    form_page(
        "sources/<uuid:pk>/password/",
        change_source_password,
        PasswordForm,
        done=_("The password is changed. Now check the connection."),
        onto="source_detail",
        again=views.source_page,
        of=sources_visible_to,
        name="source_password",
    ),
    act_page(
        "sources/<uuid:pk>/close/",
        close_source,
        done=_("The source is closed and its password destroyed."),
        onto="source_list",
        at="dataset_id",
        name="source_close",
    ),
    path("sources/<uuid:pk>/tables/", views.source_tables, name="source_tables"),
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
    list_view(
        "datasets/<uuid:pk>/sources/",
        sources_of,
        of=datasets_visible_to,
        operation="list_sources",
        gives=SourceOut,
        summary="List the sources of a dataset",
        about="The sources of a dataset.",
    ),
    path(
        "datasets/<uuid:pk>/sources/register/",
        api.RegisterSource.as_view(),
        name="api_register_source",
    ),
    thing_view(
        "sources/<uuid:pk>/",
        sources_visible_to,
        operation="get_source",
        gives=OneSourceOut,
        about="A source, and the acts on it that are open to the caller.",
    ),
    act_view(
        "sources/<uuid:pk>/check/",
        check_source,
        scope=Scope.TRADE,
        gives=SourceOut,
        keeps_answer=False,
        summary="Check the connection to a source",
        about="Connect to a source and answer whether that worked.",
    ),
    act_view(
        "sources/<uuid:pk>/change-password/",
        change_source_password,
        scope=Scope.TRADE,
        takes=PasswordIn,
        gives=SourceOut,
        keeps_answer=False,
        summary="Change the password of a source",
        about="Replace the password of a source.",
    ),
    act_view(
        "sources/<uuid:pk>/close/",
        close_source,
        scope=Scope.TRADE,
        gives=SourceOut,
        about="Draw from a source no more, and destroy its password.",
    ),
    path(
        "sources/<uuid:pk>/tables/",
        api.SourceTables.as_view(),
        name="api_list_source_tables",
    ),
    path(
        "sources/<uuid:pk>/start-drawing/",
        api.StartDrawing.as_view(),
        name="api_start_drawing",
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
