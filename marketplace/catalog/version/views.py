"""The pages on which data is uploaded and its columns are explained."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.rules import check_change_dataset, check_receive_data
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.annotations import SAID
from marketplace.catalog.version.forms import (
    COLUMNS_A_PAGE,
    AnnotationForm,
    AnnotationFormSet,
    UploadForm,
)
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.presentation import read_as
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.catalog.version.services import annotate_columns, receive_upload
from marketplace.core.errors import Invalid
from marketplace.core.locking import visible
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.web.pages import SAVED_MEANWHILE, attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor

# Upload data and annotate its columns.


@signed_in
def dataset_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_receive_data(dataset, by)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*sent)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        sheet = form.cleaned_data["sheet"]
        version = attempt(form, lambda: receive_upload(pk, upload=upload, sheet=sheet, by=by))
        if version is not None:
            messages.success(
                request,
                _("The data is version %(number)d: %(rows)d rows, %(columns)d columns.")
                % {
                    "number": version.number,
                    "rows": version.rows,
                    "columns": version.column_count,
                },
            )
            messages.info(request, _("Read as – %(form)s.") % {"form": read_as(version)})
            dataset.refresh_from_db()
            return redirect("dataset_detail" if dataset.is_approved else "dataset_annotate", pk=pk)
    context = {
        "form": form,
        "dataset": dataset,
        "newest": latest_source_version(dataset),
        "reopens": dataset.is_approved,
    }
    return render(request, "catalog/dataset_upload.html", context, status=form_status(form))


@signed_in
def dataset_annotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Explain the columns of the newest source version, a page of them at a time."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_change_dataset(dataset, by)
    version = latest_source_version(dataset)
    if version is None:
        messages.info(request, _("Upload the data first; then its columns can be explained."))
        return redirect("dataset_upload", pk=pk)
    page = Paginator(columns_of(version), COLUMNS_A_PAGE).get_page(request.GET.get("page"))
    columns: list[Column] = list(page.object_list)
    names = ("name", *SAID)
    formset = AnnotationFormSet(
        request.POST or None,
        initial=[{name: getattr(column, name) for name in names} for column in columns],
    )
    sentence = ""
    if request.method == "POST" and formset.is_valid():
        annotations = [form.annotation() for form in formset.forms if form.cleaned_data]
        try:
            unless_changed(
                request,
                version,
                lambda: annotate_columns(version.pk, annotations=annotations, by=by),
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
        "dataset": dataset,
        "version": version,
        "formset": formset,
        "rows": list(zip(columns, formset.forms, strict=False)),
        "page": page,
        "sentence": sentence,
        "seen_version": version_of(version),
    }
    status = 422 if wrong else 200
    return render(request, "catalog/dataset_annotate.html", context, status=status)


def _place(forms: list[AnnotationForm], refusal: Invalid) -> None:
    """Put the sentences on the rows of their columns."""
    for form in forms:
        for sentence in refusal.fields.get(form.cleaned_data.get("name", ""), ()):
            form.add_error(None, sentence)
