"""The page on which columns are explained."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.rules import check_change_dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.annotations import SAID
from marketplace.catalog.version.forms import (
    COLUMNS_A_PAGE,
    AnnotationForm,
    AnnotationFormSet,
)
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import Invalid
from marketplace.core.locking import visible
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.web.pages import SAVED_MEANWHILE, signed_in, unless_changed
from marketplace.web.requests import actor


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
