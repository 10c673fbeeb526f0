from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.version.selectors import columns_to_choose
from marketplace.core import visible
from marketplace.learning.adapters import training_error
from marketplace.learning.run.filters import TrainingRunFilters
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.presentation import declaration_facts
from marketplace.learning.run.rules import acts_on_training, check_start_training
from marketplace.learning.run.selectors import (
    trainable_versions_visible_to,
    training_runs_visible_to,
)
from marketplace.learning.run.services import start_training
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in, state_piece
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import form_of


class TrainingRunTable(CentreTable):
    caption = gettext_lazy("Training runs")
    stacks = True
    title = tables.Column(linkify=("training_run_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(
        accessor="version__dataset__title", verbose_name=gettext_lazy("Dataset")
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Requested"), format="SHORT_DATETIME_FORMAT"
    )
    ended_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Ended"), format="SHORT_DATETIME_FORMAT"
    )

    class Meta(CentreTable.Meta):
        model = TrainingRun
        fields = ("title", "dataset", "state", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = gettext_lazy(
            "Nothing has been trained yet. Begin on the page of a risk report that passed."
        )


@signed_in
def training_run_list(request: HttpRequest) -> HttpResponse:
    rows = training_runs_visible_to(actor(request)).order_by("-created_at")
    return list_page(
        request,
        "learning/training_run_list.html",
        TrainingRunTable,
        rows,
        filters=TrainingRunFilters,
    )


@signed_in
def training_run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    run = visible(training_runs_visible_to(by), pk=pk)
    context = {
        "run": run,
        "error": training_error(run),
        "model": getattr(run, "model", None),
        "declared": declaration_facts(run),
        "acts": acts_on_training(run, by),
        "timeline": timeline_of(f"training_run:{run.pk}", by=by),
    }
    return render(request, "learning/training_run_detail.html", context)


@signed_in
def training_run_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece that shows how far it is; when it ends, the page around it is renewed."""
    run = visible(training_runs_visible_to(actor(request)), pk=pk)
    told = {"run": run, "error": training_error(run)}
    template = "learning/partials/training_run_state.html"
    return state_piece(request, template, told, is_over=run.is_final)


@signed_in
def training_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    version = visible(trainable_versions_visible_to(by), pk=pk)
    sent = request.POST if request.method == "POST" else None
    named = columns_to_choose(version)
    form = form_of(start_training)(
        sent,
        offered={
            **dict.fromkeys(("target", "features", "error_by"), named),
            "split_column": [("", "—"), *named],
        },
        initial={"target": named[-1][0]},
    )
    if sent is None:
        check_start_training(version, by)
    elif form.is_valid():
        run = attempt(form, lambda: start_training(pk, **form.taken(), by=by))
        if run is not None:
            messages.success(request, _("The model is being trained."))
            return redirect("training_run_detail", pk=run.pk)
    context = {"form": form, "version": version}
    return render(request, "learning/training_start.html", context, status=form_status(form))
