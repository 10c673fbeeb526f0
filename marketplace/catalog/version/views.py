from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.catalog.dataset.rules import check_change_dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.dictionary import (
    Dictionary,
    read_dictionary,
    rows_of_dictionary,
)
from marketplace.catalog.version.forms import (
    COLUMNS_A_PAGE,
    AnnotationForm,
    AnnotationFormSet,
    DictionaryForm,
    TickedForm,
)
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.rules import check_annotate_columns
from marketplace.catalog.version.selectors import (
    columns_of,
    latest_reviewed_version,
    versions_visible_to,
)
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import Invalid, visible
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.web.pages import (
    SAVED_MEANWHILE,
    attempt,
    form_status,
    signed_in,
    unless_changed,
)
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer, workbook_answer


@signed_in
def dataset_annotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Explain the columns of the newest source version, a page of them at a time."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_change_dataset(dataset, by)
    version = latest_reviewed_version(dataset)
    if version is None:
        messages.info(request, _("Upload the data first; then its columns can be explained."))
        return redirect("dataset_upload", pk=pk)
    check_annotate_columns(version, by)
    page = _page(request, version)
    ticked = TickedForm(request.POST or None, count=len(page.object_list))
    sets_ticked = "set_ticked" in request.POST
    sent = ticked.over(request.POST) if sets_ticked and ticked.is_valid() else request.POST
    formset = AnnotationFormSet(sent or None, initial=_initial(page))
    sentence = ""
    if request.method == "POST" and not sets_ticked and formset.is_valid():
        annotations = [form.annotation() for form in formset.forms if form.cleaned_data]
        try:
            unless_changed(
                request,
                version,
                lambda: annotate_columns(version.pk, columns=annotations, by=by),
            )()
        except ChangedMeanwhile:
            sentence = str(SAVED_MEANWHILE)
        except Invalid as refusal:
            sentence = refusal.sentence
            _place(formset.forms, refusal)
        else:
            messages.success(request, _("The columns are saved."))
            if page.has_next():
                address = reverse("dataset_annotate", args=[pk])
                return redirect(f"{address}?page={page.next_page_number()}")
            return redirect("dataset_detail", pk=pk)
    wrong = formset.is_bound and (sentence or not formset.is_valid())
    context = {
        **_shown(version, page, formset),
        "sentence": sentence,
        "ticked": ticked,
        "sets_ticked": sets_ticked,
    }
    status = 422 if wrong else 200
    return render(request, "catalog/dataset_annotate.html", context, status=status)


@require_POST
@signed_in
def dataset_dictionary(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill the page of the columns in from a dictionary; nothing is kept until it is saved."""
    by = actor(request)
    form, read = DictionaryForm(request.POST, request.FILES), None
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        read = attempt(form, lambda: read_dictionary(pk, upload=upload, by=by))
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_change_dataset(dataset, by)
    version = latest_reviewed_version(dataset)
    if version is None:
        return redirect("dataset_upload", pk=pk)
    check_annotate_columns(version, by)
    page = _page(request, version)
    formset = AnnotationFormSet(initial=_initial(page, read))
    here = {column.name for column in page.object_list}
    context = {
        **_shown(version, page, formset),
        "dictionary_form": form,
        "dictionary": read,
        "filled_in": len(here & read.said.keys()) if read else 0,
        "elsewhere": len(read.said.keys() - here) if read else 0,
    }
    return render(request, "catalog/dataset_annotate.html", context, status=form_status(form))


@signed_in
def version_dictionary(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what the columns of a version are as a table, as CSV or as a workbook."""
    version = visible(versions_visible_to(actor(request)), pk=pk)
    rows = rows_of_dictionary(list(columns_of(version)))
    name = f"dictionary-{version.pk}-v{version.number}"
    if request.GET.get("as") == "xlsx":
        return workbook_answer(f"{name}.xlsx", rows, sheet=_("Dictionary"))
    return csv_answer(f"{name}.csv", rows)


def _page(request: HttpRequest, version: DatasetVersion) -> Page[Column]:
    return Paginator(columns_of(version), COLUMNS_A_PAGE).get_page(request.GET.get("page"))


def _initial(page: Page[Column], read: Dictionary | None = None) -> list[dict[str, str]]:
    """Return what the rows show at first: what stands there, and what a dictionary says over it."""
    said = read or Dictionary({}, ())
    return [asdict(said.over(column)) for column in page.object_list]


def _shown(
    version: DatasetVersion, page: Page[Column], formset: BaseFormSet[AnnotationForm]
) -> dict[str, Any]:
    return {
        "dataset": version.dataset,
        "version": version,
        "formset": formset,
        "rows": list(zip(page.object_list, formset.forms, strict=False)),
        "page": page,
        "dictionary_form": DictionaryForm(),
        "ticked": TickedForm(count=len(page.object_list)),
        "seen_version": version_of(version),
    }


def _place(forms: list[AnnotationForm], refusal: Invalid) -> None:
    """Put the sentences on the rows of their columns."""
    for form in forms:
        for sentence in refusal.fields.get(form.cleaned_data.get("name", ""), ()):
            form.add_error(None, sentence)
