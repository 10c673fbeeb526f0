from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source import api, views
from marketplace.catalog.source.selectors import (
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.source.serializers import ConnectionIn, OneSourceOut, SourceOut
from marketplace.catalog.source.services import (
    change_source_password,
    check_source,
    close_source,
    register_source,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("datasets/<uuid:pk>/sources/", views.source_list, name="source_list"),
    path("datasets/<uuid:pk>/sources/register/", views.source_register, name="source_register"),
    thing_page("sources/<uuid:pk>/", sources_visible_to, views.source_page, name="source_detail"),
    path("sources/<uuid:pk>/check/", views.source_check, name="source_check"),
    form_page(
        "sources/<uuid:pk>/password/",
        change_source_password,
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
    act_view(
        "datasets/<uuid:pk>/sources/register/",
        register_source,
        scope=Scope.TRADE,
        takes=ConnectionIn,
        group="connection",
        gives=SourceOut,
        # It would keep a digest of the password; the connection itself tells a repetition.
        keeps_answer=False,
        creates=True,
        made_at="get_source",
        summary="Register a database source",
        about=(
            "Register a database that a dataset is drawn from; the password is never told again."
        ),
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
        takes=serializer_of(change_source_password, name="PasswordIn", about="A new password."),
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
]
