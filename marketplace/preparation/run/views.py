from uuid import UUID

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.preparation.run.filters import RunFilters
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.presentation import run_error
from marketplace.preparation.run.rules import acts_on_run
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.web.lists import list_page
from marketplace.web.pages import signed_in, state_piece
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn


class RunTable(CentreTable):
    caption = gettext_lazy("Preparation runs")
    stacks = True
    kind = tables.Column(linkify=("run_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(
        accessor="version__dataset__title",
        verbose_name=gettext_lazy("Dataset"),
        linkify=("preparation_detail", {"pk": tables.A("version_id")}),
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Requested"), format="SHORT_DATETIME_FORMAT"
    )
    ended_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Ended"), format="SHORT_DATETIME_FORMAT"
    )

    class Meta(CentreTable.Meta):
        model = Run
        fields = ("kind", "dataset", "state", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = gettext_lazy("Nothing has been profiled or desensitized yet.")


@signed_in
def run_list(request: HttpRequest) -> HttpResponse:
    rows = runs_visible_to(actor(request)).order_by("-created_at")
    return list_page(request, "preparation/run_list.html", RunTable, rows, filters=RunFilters)


@signed_in
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    run = visible(runs_visible_to(by).select_related("result_version"), pk=pk)
    context = {
        "run": run,
        "error": run_error(run),
        "report": getattr(run, "risk_report", None),
        "acts": acts_on_run(run, by),
        "timeline": timeline_of(f"run:{run.pk}", by=by),
    }
    return render(request, "preparation/run_detail.html", context)


@signed_in
def run_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece that shows how far a run is; when it ends, the page around it is renewed."""
    run = visible(runs_visible_to(actor(request)), pk=pk)
    told = {"run": run, "error": run_error(run)}
    return state_piece(request, "preparation/partials/run_state.html", told, is_over=run.is_final)
