"""Submit a dataset, look at it as a reviewer, decide."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.forms import ApproveForm, ReturnForm
from marketplace.catalog.models import Dataset
from marketplace.catalog.presentation import (
    description_facts,
    grade_consequence,
    grade_facts,
    version_facts,
)
from marketplace.catalog.rules.datasets import acts_on_dataset, check_look_at_review
from marketplace.catalog.selectors import (
    columns_of,
    datasets_visible_to,
    latest_source_version,
    versions_of,
)
from marketplace.catalog.services.reviews import approve_dataset, return_dataset, submit_dataset
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def dataset_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Submit for content review."""
    submit_dataset(pk, by=actor(request))
    messages.success(
        request, _("The dataset is submitted. A reviewer of the centre looks at it now.")
    )
    return redirect("dataset_detail", pk=pk)


@signed_in
def dataset_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer everything that a decision needs."""
    return _review_page(request, _for_review(pk, actor(request)), ApproveForm(), ReturnForm())


@require_POST
@signed_in
def dataset_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve the content."""
    by, form = actor(request), ApproveForm(request.POST)
    if form.is_valid():
        ticked = form.cleaned_data["checklist"]
        if attempt(form, lambda: approve_dataset(pk, checklist=ticked, by=by)) is not None:
            messages.success(
                request, _("The content is approved. The profile of the data starts now.")
            )
            return redirect("dataset_detail", pk=pk)
    return _review_page(request, _for_review(pk, by), form, ReturnForm())


@require_POST
@signed_in
def dataset_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return for correction."""
    by, form = actor(request), ReturnForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: return_dataset(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The dataset is returned; its officers read the reason."))
            return redirect("dataset_detail", pk=pk)
    return _review_page(request, _for_review(pk, by), ApproveForm(), form)


def _for_review(pk: UUID, by: Actor) -> Dataset:
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_look_at_review(dataset, by)
    return dataset


def _review_page(
    request: HttpRequest, dataset: Dataset, approve_form: BaseForm, return_form: BaseForm
) -> HttpResponse:
    by = actor(request)
    case = open_case_of(CaseKind.CONTENT, f"dataset:{dataset.pk}")
    newest = latest_source_version(dataset)
    context = {
        "dataset": dataset,
        "case": case,
        "acts": acts_on_dataset(dataset, by, "approve_dataset", "return_dataset"),
        "facts": description_facts(dataset),
        "grade_facts": grade_facts(dataset),
        "consequence": grade_consequence(dataset.grade, dataset.negative_list),
        "newest": newest,
        "version_facts": version_facts(newest) if newest else [],
        "columns": columns_of(newest) if newest else [],
        "versions": versions_of(dataset),
        "earlier": [
            row
            for row in cases_of(CaseKind.CONTENT, f"dataset:{dataset.pk}")
            if case is None or row.pk != case.pk
        ],
        "approve_form": approve_form,
        "return_form": return_form,
        "timeline": timeline_of(f"dataset:{dataset.pk}", by=by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "catalog/dataset_review.html", context, status=status)
