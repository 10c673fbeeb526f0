"""Pages of runs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core.locking import visible
from marketplace.preparation.adapters import run_error
from marketplace.preparation.rules.runs import acts_on_run
from marketplace.preparation.selectors import runs_visible_to
from marketplace.preparation.services.runs import cancel_run
from marketplace.preparation.tables import RunTable
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@signed_in
def run_list(request: HttpRequest) -> HttpResponse:
    """List the runs."""
    table = arranged(request, RunTable(runs_visible_to(actor(request)).order_by("-created_at")))
    return render(request, "preparation/run_list.html", {"table": table})


@signed_in
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a run: how far it is, or how it ended."""
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
    answer = render(
        request, "preparation/partials/run_state.html", {"run": run, "error": run_error(run)}
    )
    if run.is_final and getattr(request, "htmx", False):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@signed_in
def run_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a run that waits or works."""
    run = cancel_run(pk, by=actor(request))
    messages.success(request, _("The run is cancelled. Nothing of it is kept."))
    return redirect("preparation_detail", pk=run.version_id)
