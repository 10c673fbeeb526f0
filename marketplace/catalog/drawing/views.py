from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.drawing.forms import DrawingForm
from marketplace.catalog.drawing.services import Wanted, start_drawing
from marketplace.catalog.feed.selectors import sets_aside
from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.connections import columns_in
from marketplace.catalog.source.drivers.contract import SourceColumn, TableName
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.rules import acts_on_drawing, check_draw
from marketplace.catalog.source.selectors import drawings_visible_to, sources_visible_to
from marketplace.core import Invalid, visible
from marketplace.web.pages import attempt, form_status, signed_in, state_piece
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def drawing_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    source = visible(sources_visible_to(by), pk=pk)
    check_draw(source, by)
    asked = form_of(Wanted)(request.GET, without=("columns", "row_limit"))
    if not asked.is_valid():
        return redirect("source_tables", pk=pk)
    named = asked.cleaned_data
    form = DrawingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.wanted(named)
        drawing = attempt(form, lambda: start_drawing(pk, wanted=wanted, by=by))
        if drawing is not None:
            messages.success(request, _("The table is being drawn."))
            return redirect("drawing_detail", pk=drawing.pk)
    columns: list[SourceColumn] = []
    error = ""
    try:
        columns = columns_in(source, TableName(named["schema"], named["table"]), by=by)
    except Invalid as refusal:
        error = refusal.sentence
    form.offer(columns)
    context = {
        "source": source,
        "dataset": source.dataset,
        "table": f"{named['schema']}.{named['table']}",
        "form": form,
        "error": error,
        "unfit": [column for column in columns if column.kind is None],
        "sets_aside": sets_aside(source.dataset),
        "reopens": source.dataset.is_approved,
    }
    return render(request, "catalog/drawing_start.html", context, status=form_status(form))


@signed_in
def drawing_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    drawing = visible(drawings_visible_to(by), pk=pk)
    context = {
        **_state(drawing),
        "source": drawing.source,
        "dataset": drawing.source.dataset,
        "acts": acts_on_drawing(drawing, by),
        "timeline": timeline_of(f"drawing:{drawing.pk}", by=by),
    }
    return render(request, "catalog/drawing_detail.html", context)


@signed_in
def drawing_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece that shows how far a drawing is; at its end the page is renewed."""
    drawing = visible(drawings_visible_to(actor(request)), pk=pk)
    template = "catalog/partials/drawing_state.html"
    return state_piece(request, template, _state(drawing), is_over=drawing.is_final)


def _state(drawing: Drawing) -> dict[str, object]:
    failed = drawing.error_code
    error = sentence_of(failed, drawing.error_parameters) if failed else ""
    return {"drawing": drawing, "error": error}
