from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.dataset.rules import check_receive_data
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.selectors import sets_aside
from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.connections import columns_in, tables_in
from marketplace.catalog.source.drivers.contract import MOST_TABLES, SourceColumn, TableName
from marketplace.catalog.source.forms import (
    ConnectionForm,
    DrawingForm,
    PasswordForm,
    TableForm,
    TableSearchForm,
)
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.rules import acts_on_drawing, acts_on_source, check_draw
from marketplace.catalog.source.selectors import (
    drawings_of,
    drawings_visible_to,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.source.services import (
    check_source,
    register_source,
    start_drawing,
)
from marketplace.core import Invalid, is_open, visible
from marketplace.web.pages import attempt, form_status, signed_in, state_piece
from marketplace.web.requests import actor

# Register databases, try them, change their passwords, close them.


@signed_in
def source_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    context = {
        "dataset": dataset,
        "sources": sources_of(dataset),
        "registers": is_open(check_receive_data, dataset, by),
    }
    return render(request, "catalog/source_list.html", context)


@signed_in
def source_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_receive_data(dataset, by)
    form = ConnectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        source = attempt(form, lambda: register_source(pk, connection=form.connection(), by=by))
        if source is not None:
            messages.success(request, _("The source is registered. Now check the connection."))
            return redirect("source_detail", pk=source.pk)
    context = {"form": form, "dataset": dataset}
    return render(request, "catalog/source_register.html", context, status=form_status(form))


@signed_in
def source_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return source_page(request, visible(sources_visible_to(actor(request)), pk=pk), PasswordForm())


def source_page(request: HttpRequest, source: DatabaseSource, form: PasswordForm) -> HttpResponse:
    by, failed = actor(request), source.check_error
    context = {
        "source": source,
        "dataset": source.dataset,
        "drawings": drawings_of(source),
        "error": sentence_of(failed, source.check_parameters) if failed else "",
        "acts": acts_on_source(source, by),
        "form": form,
        "timeline": timeline_of(f"source:{source.pk}", by=by),
    }
    return render(request, "catalog/source_detail.html", context, status=form_status(form))


@require_POST
@signed_in
def source_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = check_source(pk, by=actor(request))
    if not source.check_error:
        messages.success(request, _("The connection works."))
    return redirect("source_detail", pk=pk)


# Choose a table of a source, have it drawn, and watch the drawing.


@signed_in
def source_tables(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the tables and views of a source, as they are there now."""
    by = actor(request)
    source = visible(sources_visible_to(by), pk=pk)
    form = TableSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    tables: list[TableName] = []
    error = ""
    try:
        tables = tables_in(source, words, by=by)
    except Invalid as refusal:
        error = refusal.sentence
    context = {
        "source": source,
        "dataset": source.dataset,
        "form": form,
        "tables": tables,
        "words": words,
        "error": error,
        "most": MOST_TABLES if len(tables) >= MOST_TABLES else 0,
    }
    return render(request, "catalog/source_tables.html", context)


@signed_in
def drawing_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    source = visible(sources_visible_to(by), pk=pk)
    check_draw(source, by)
    asked = TableForm(request.GET)
    if not asked.is_valid():
        return redirect("source_tables", pk=pk)
    schema, table = asked.cleaned_data["schema"], asked.cleaned_data["table"]
    form = DrawingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.wanted(schema, table)
        drawing = attempt(form, lambda: start_drawing(pk, wanted=wanted, by=by))
        if drawing is not None:
            messages.success(request, _("The table is being drawn."))
            return redirect("drawing_detail", pk=drawing.pk)
    columns: list[SourceColumn] = []
    error = ""
    try:
        columns = columns_in(source, TableName(schema, table), by=by)
    except Invalid as refusal:
        error = refusal.sentence
    form.offer(columns)
    context = {
        "source": source,
        "dataset": source.dataset,
        "table": f"{schema}.{table}",
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
