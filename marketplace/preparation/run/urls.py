from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.run import views
from marketplace.preparation.run.filters import RunFilters
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.run.serializers import OneRunOut, RunOut
from marketplace.preparation.run.services import cancel_run
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("runs/", views.run_list, name="run_list"),
    path("runs/<uuid:pk>/", views.run_detail, name="run_detail"),
    path("runs/<uuid:pk>/state/", views.run_state, name="run_state"),
    act_page(
        "runs/<uuid:pk>/cancel/",
        cancel_run,
        done=_("The run is cancelled. Nothing of it is kept."),
        onto="preparation_detail",
        at="version_id",
        name="run_cancel",
    ),
]

api_patterns = [
    list_view(
        "runs/",
        runs_visible_to,
        operation="list_runs",
        filters=RunFilters,
        gives=RunOut,
        about="The runs that the caller may see.",
    ),
    thing_view(
        "runs/<uuid:pk>/",
        runs_visible_to,
        operation="get_run",
        gives=OneRunOut,
        about="A run, and the acts on it that are open to the caller.",
    ),
    act_view(
        "runs/<uuid:pk>/cancel/",
        cancel_run,
        scope=Scope.TRADE,
        gives=RunOut,
        about="End a run that waits or works.",
    ),
]
