"""The pages of datasets: register, describe, grade, review."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.approval.reviewing import Weakened, compared_to_approved
from marketplace.catalog.approval.rules import check_look_at_review, submission_faults
from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset import rules
from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.forms import DescriptionForm, RegisterForm, TableForm
from marketplace.catalog.dataset.grading import Grade, grade_of
from marketplace.catalog.dataset.known import known_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.presentation import (
    description_facts,
    grade_consequence,
    source_consequence,
    steps_of,
)
from marketplace.catalog.dataset.selectors import datasets_visible_to, last_approved
from marketplace.catalog.dataset.services import register_dataset, retire_dataset, revise_dataset
from marketplace.catalog.feed.selectors import arrival_of
from marketplace.catalog.grade.forms import GradeForm
from marketplace.catalog.grade.presentation import grade_facts
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.intake.services import hand_in_file
from marketplace.catalog.pages.acts import acts_on_dataset
from marketplace.catalog.quality.presentation import rule_lines
from marketplace.catalog.version.comparing import Difference, difference
from marketplace.catalog.version.differing import differing_lines, more_differing
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.presentation import version_facts
from marketplace.catalog.version.rules import (
    acts_on_version,
    check_annotate_columns,
    check_destroy_raw,
)
from marketplace.catalog.version.selectors import (
    column_impacts,
    columns_of,
    graded_columns,
    latest_reviewed_version,
    versions_of,
)
from marketplace.core import Actor, Invalid, is_open, visible
from marketplace.core.versions import version_of
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, goes_on, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import ActForm, form_of


class DatasetTable(CentreTable):
    caption = gettext_lazy("Datasets")
    stacks = True
    title = tables.Column(linkify=("dataset_detail", {"pk": tables.A("pk")}))
    organization = tables.Column(
        accessor="organization__name", verbose_name=gettext_lazy("Organization")
    )
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Registered"))

    class Meta(CentreTable.Meta):
        model = Dataset
        fields = ("title", "organization", "theme", "grade", "state", "created_at")
        empty_text = gettext_lazy("No dataset fits.")


# List, register, show, revise, grade and retire datasets.

SUBMITTED = gettext_lazy("The dataset is submitted. A reviewer of the centre looks at it now.")
OFFICERS_ACTS = (
    "revise_dataset",
    "grade_dataset",
    "receive_upload",
    "submit_dataset",
    "reopen_dataset",
    "retire_dataset",
)
"""The acts that the page of a dataset offers; reviewers decide on a page of their own."""


@signed_in
def dataset_list(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    return list_page(
        request,
        "catalog/dataset_list.html",
        DatasetTable,
        datasets_visible_to(by),
        filters=DatasetFilters,
        context={"acts": rules.acts_on_catalog(by)},
        exclude=() if is_centre_staff(by) else ("organization",),
    )


@signed_in
def dataset_register(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    rules.check_register_dataset(by)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, table_form = RegisterForm(sent[0], initial=known_of(by)), TableForm(*sent)
    if form.is_valid() and table_form.is_valid():
        dataset = attempt(
            form,
            lambda: register_dataset(
                description=form.description(),
                request_key=form.cleaned_data["request_key"],
                by=by,
            ),
        )
        if dataset is not None:
            messages.success(request, _("The dataset is registered."))
            if told := source_consequence(dataset):
                messages.info(request, told)
            return _with_file(request, dataset, table_form)
    context = {"form": form, "table_form": table_form}
    return render(request, "catalog/dataset_register.html", context, status=form_status(form))


def _with_file(request: HttpRequest, dataset: Dataset, form: TableForm) -> HttpResponse:
    """Hand in the file that came with the description; without one, lead to where it is sent."""
    upload = form.cleaned_data["upload"]
    if upload is not None:
        try:
            intake = hand_in_file(dataset.pk, upload=upload, by=actor(request))
        except Invalid as refusal:
            messages.warning(request, refusal.sentence)
        else:
            return redirect("intake_detail", pk=intake.pk)
    return redirect("dataset_upload", pk=dataset.pk)


def dataset_page(
    request: HttpRequest, dataset: Dataset, reason_form: ActForm | None = None
) -> HttpResponse:
    by = actor(request)
    reason_form = reason_form or form_of(retire_dataset)()
    newest = latest_reviewed_version(dataset)
    acts = acts_on_dataset(dataset, by, *OFFICERS_ACTS)
    faults, versions = submission_faults(dataset), list(versions_of(dataset))
    aside = _aside(versions, newest)
    differs = _differs(aside)
    explains = _explains(newest, by)
    context = {
        "dataset": dataset,
        "approved": None if dataset.is_approved else last_approved(dataset),
        "facts": description_facts(dataset),
        "grade_facts": grade_facts(dataset),
        "source_consequence": source_consequence(dataset),
        "steps": steps_of(
            dataset,
            [code for code, _sentence in faults],
            changes=acts["revise_dataset"],
            explains=explains,
        ),
        "can_annotate": explains,
        "faults": [sentence for _code, sentence in faults],
        "versions": versions,
        "destroyable": [row.pk for row in versions if is_open(check_destroy_raw, row, by)],
        "newest": newest,
        "version_facts": version_facts(newest) if newest else [],
        "columns": columns_of(newest) if newest else [],
        "acts": acts,
        "aside": aside,
        "others": _others(aside, newest, differs),
        "differing": differing_lines(differs),
        "more_differing": more_differing(differs),
        "acts_on_aside": acts_on_version(aside, by) if aside else None,
        "is_own": is_open(rules.check_owner, dataset, by),
        "shows_review": is_open(check_look_at_review, dataset, by),
        "reason_form": reason_form,
        "timeline": timeline_of(f"dataset:{dataset.pk}", by=by),
    }
    return render(request, "catalog/dataset_detail.html", context, status=form_status(reason_form))


def _explains(newest: DatasetVersion | None, by: Actor) -> bool:
    """Return whether the reader may say what the columns of the newest version mean."""
    return newest is not None and is_open(check_annotate_columns, newest, by)


def _aside(
    versions: Sequence[DatasetVersion], newest: DatasetVersion | None
) -> DatasetVersion | None:
    """Return what was set aside last, unless later data went on since."""
    number = newest.number if newest else 0
    return next((one for one in versions if one.is_set_aside and one.number > number), None)


def _others(
    aside: DatasetVersion | None, newest: DatasetVersion | None, differs: dict[str, Any]
) -> Difference | None:
    if aside is None or newest is None:
        return None
    return difference(newest, columns_of(aside), differs)


def _differs(aside: DatasetVersion | None) -> dict[str, Any]:
    """Return what was found of what was set aside, when it came."""
    arrival = arrival_of(aside) if aside is not None else None
    return dict(arrival.differs) if arrival is not None else {}


@signed_in
def dataset_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    rules.check_change_dataset(dataset, by)
    initial = {name: getattr(dataset, name) for name in DescriptionForm.form_fields()}
    form = DescriptionForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            unless_changed(
                request,
                dataset,
                lambda: revise_dataset(pk, description=form.description(), by=by),
            ),
        )
        is not None
    ):
        messages.success(request, _("The description is saved."))
        return redirect("dataset_detail", pk=pk)
    context = {"form": form, "dataset": dataset, "seen_version": version_of(dataset)}
    return render(request, "catalog/dataset_revise.html", context, status=form_status(form))


@signed_in
def dataset_grade(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grade a dataset; `preview` shows the grade and changes nothing."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    rules.check_change_dataset(dataset, by)
    initial: dict[str, object] = {impact["object"]: impact["degree"] for impact in dataset.impacts}
    initial["negative_list"] = dataset.negative_list
    form, graded_alone = GradeForm(request.POST or None, initial=initial), graded_columns(dataset)
    previews = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not previews:
        graded = attempt(
            form,
            unless_changed(
                request,
                dataset,
                lambda: grade_dataset(pk, impacts=form.impacts(), **form.taken(), by=by),
            ),
        )
        if graded is not None:
            messages.success(
                request, _("The grade is: %(grade)s.") % {"grade": graded.get_grade_display()}
            )
            if goes_on(request, lambda: submit_dataset(pk, by=by)):
                messages.success(request, SUBMITTED)
                return redirect(settings.LOGIN_REDIRECT_URL)
            return redirect("dataset_detail", pk=pk)
    shown, items = dataset.grade, dataset.negative_list
    if form.is_bound and form.is_valid():
        shown = grade_of([*form.impacts(), *column_impacts(dataset)])
        items = form.cleaned_data["negative_list"]
    context = {
        "form": form,
        "dataset": dataset,
        "harms": [form[name] for name in form.fields if name != "negative_list"],
        "grade": Grade(shown).label if shown else "",
        "graded_columns": graded_alone,
        "can_annotate": _explains(latest_reviewed_version(dataset), by),
        "consequence": grade_consequence(shown, items),
        "can_submit": {code for code, _why in submission_faults(dataset)} <= {"grade-missing"},
        "seen_version": version_of(dataset),
    }
    if previews and getattr(request, "htmx", False):
        return render(request, "catalog/partials/grade_preview.html", context)
    return render(request, "catalog/dataset_grade.html", context, status=form_status(form))


# Submit a dataset, look at it as a reviewer, decide.


def _weaker_rules(weakened: Weakened | None) -> dict[str, object] | None:
    """Return the rules that promise less and those that they replace; None where none wait."""
    if weakened is None:
        return None
    before, now = rule_lines(weakened.before), rule_lines(weakened.now)
    return {"reason": weakened.now.reason, "before": before, "now": now}


def review_page(
    request: HttpRequest,
    dataset: Dataset,
    *,
    approve_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    check_look_at_review(dataset, by)
    approve_form = approve_form or form_of(approve_dataset)()
    return_form = return_form or form_of(return_dataset)()
    case = open_case_of(CaseKind.CONTENT, f"dataset:{dataset.pk}")
    newest = latest_reviewed_version(dataset)
    compared = compared_to_approved(dataset)
    context = {
        "dataset": dataset,
        "case": case,
        "approved": compared.approved,
        "changes": compared.changes,
        "acts": acts_on_dataset(dataset, by, "approve_dataset", "return_dataset"),
        "facts": description_facts(dataset),
        "form_lines": compared.allowed,
        "differing": differing_lines(compared.differs),
        "more_differing": more_differing(compared.differs),
        "weaker_rules": _weaker_rules(compared.weakened),
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
