"""Register databases, try them, change their passwords, close them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.models import DatabaseSource
from marketplace.catalog.rules.datasets import check_receive_data
from marketplace.catalog.rules.sources import acts_on_source
from marketplace.catalog.selectors import (
    datasets_visible_to,
    drawings_of,
    sources_of,
    sources_visible_to,
)
from marketplace.catalog.services.sources import (
    change_source_password,
    check_source,
    close_source,
    register_source,
)
from marketplace.catalog.source_forms import ConnectionForm, PasswordForm
from marketplace.catalog.source_wording import sentence_of
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def source_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the databases that a dataset is drawn from."""
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
    """Register a database."""
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
    """Show a source: how it is reached, whether that works, what was drawn."""
    return _page(request, visible(sources_visible_to(actor(request)), pk=pk), PasswordForm())


def _page(request: HttpRequest, source: DatabaseSource, form: PasswordForm) -> HttpResponse:
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
    """Try the connection."""
    source = check_source(pk, by=actor(request))
    if not source.check_error:
        messages.success(request, _("The connection works."))
    return redirect("source_detail", pk=pk)


@require_POST
@signed_in
def source_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Replace the password."""
    by, form = actor(request), PasswordForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data["password"]
        if attempt(form, lambda: change_source_password(pk, password=sent, by=by)) is not None:
            messages.success(request, _("The password is changed. Now check the connection."))
            return redirect("source_detail", pk=pk)
    return _page(request, visible(sources_visible_to(by), pk=pk), form)


@require_POST
@signed_in
def source_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw from a source no more."""
    source = close_source(pk, by=actor(request))
    messages.success(request, _("The source is closed and its password destroyed."))
    return redirect("source_list", pk=source.dataset_id)
