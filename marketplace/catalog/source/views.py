from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.dataset.rules import check_receive_data
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.connections import tables_in
from marketplace.catalog.source.drivers.contract import MOST_TABLES, TableName
from marketplace.catalog.source.forms import ConnectionForm, TableSearchForm
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.source.rules import acts_on_source
from marketplace.catalog.source.selectors import (
    drawings_of,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.source.services import (
    change_source_password,
    check_source,
    register_source,
)
from marketplace.core import Invalid, is_open, visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


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


def source_page(
    request: HttpRequest, source: DatabaseSource, form: ActForm | None = None
) -> HttpResponse:
    by, failed = actor(request), source.check_error
    form = form or form_of(change_source_password)()
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
