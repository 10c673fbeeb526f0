"""The pages of datasets: register, upload, draw, annotate, review and look at data."""

from __future__ import annotations

from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.forms import ReasonForm
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog import rules
from marketplace.catalog.annotations import SAID
from marketplace.catalog.forms import (
    COLUMNS_A_PAGE,
    AnnotationForm,
    AnnotationFormSet,
    ApproveForm,
    DescriptionForm,
    GradeForm,
    RegisterForm,
    ReturnForm,
    SearchForm,
    UploadForm,
)
from marketplace.catalog.grading import Grade, grade_of
from marketplace.catalog.looking import columns_in, tables_in
from marketplace.catalog.models import Column, DatabaseSource, Dataset, Drawing
from marketplace.catalog.presentation import (
    description_facts,
    grade_consequence,
    grade_facts,
    read_as,
    source_consequence,
    steps_of,
    version_facts,
)
from marketplace.catalog.rules import (
    acts_on_dataset,
    acts_on_drawing,
    acts_on_source,
    check_change_dataset,
    check_destroy_raw,
    check_draw,
    check_look_at_review,
    check_receive_data,
)
from marketplace.catalog.selectors import (
    column_impacts,
    columns_of,
    datasets_visible_to,
    drawings_of,
    drawings_visible_to,
    filtered,
    graded_columns,
    latest_source_version,
    sources_of,
    sources_visible_to,
    versions_of,
)
from marketplace.catalog.services.datasets import (
    grade_dataset,
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
from marketplace.catalog.services.drawings import cancel_drawing, start_drawing
from marketplace.catalog.services.reviews import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.services.sources import (
    change_source_password,
    check_source,
    close_source,
    register_source,
)
from marketplace.catalog.services.versions import annotate_columns, receive_upload
from marketplace.catalog.source_forms import (
    ConnectionForm,
    DrawingForm,
    PasswordForm,
    TableForm,
    TableSearchForm,
)
from marketplace.catalog.source_wording import sentence_of
from marketplace.catalog.sources.contract import MOST_TABLES, SourceColumn, TableName
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn, arranged

# Upload data and annotate its columns.


@signed_in
def dataset_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Receive a table."""
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
            annotate_columns(version.pk, annotations=annotations, by=by)
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
    }
    status = 422 if wrong else 200
    return render(request, "catalog/dataset_annotate.html", context, status=status)


def _place(forms: list[AnnotationForm], refusal: Invalid) -> None:
    """Put the sentences on the rows of their columns."""
    for form in forms:
        for sentence in refusal.fields.get(form.cleaned_data.get("name", ""), ()):
            form.add_error(None, sentence)


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
    """Choose columns of a table and have it drawn."""
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
        "reopens": source.dataset.is_approved,
    }
    return render(request, "catalog/drawing_start.html", context, status=form_status(form))


@signed_in
def drawing_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a drawing: how far it is, or how it ended."""
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
    answer = render(request, "catalog/partials/drawing_state.html", _state(drawing))
    if drawing.is_final and getattr(request, "htmx", False):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@signed_in
def drawing_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a drawing that waits or works."""
    drawing = cancel_drawing(pk, by=actor(request))
    messages.success(request, _("The drawing is cancelled. Nothing of it is kept."))
    return redirect("source_detail", pk=drawing.source_id)


def _state(drawing: Drawing) -> dict[str, object]:
    failed = drawing.error_code
    error = sentence_of(failed, drawing.error_parameters) if failed else ""
    return {"drawing": drawing, "error": error}


# Submit a dataset, look at it as a reviewer, decide.


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


# Register databases, try them, change their passwords, close them.


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


class DatasetTable(CentreTable):
    """Datasets, newest first."""

    caption = gettext_lazy("Datasets")
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
    """List the datasets that the actor may see, with words and filters."""
    by = actor(request)
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = filtered(
        datasets_visible_to(by),
        words=wanted.get("q", ""),
        state=wanted.get("state", ""),
        theme=wanted.get("theme", ""),
        grade=wanted.get("grade", ""),
    )
    hidden = () if is_centre_staff(by) else ("organization",)
    table: CentreTable = arranged(request, DatasetTable(rows, exclude=hidden))
    is_filtered = any(wanted.values())
    context = {
        "table": table,
        "form": form,
        "filters": [form[name] for name in ("state", "theme", "grade")],
        "is_empty": not is_filtered and table.paginator.count == 0,
        "is_filtered": is_filtered,
        "acts": rules.acts_on_catalog(by),
    }
    return render(request, "catalog/dataset_list.html", context)


@signed_in
def dataset_register(request: HttpRequest) -> HttpResponse:
    """Register data."""
    by = actor(request)
    rules.check_register_dataset(by)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dataset = attempt(
            form,
            lambda: register_dataset(
                description=form.description(),
                request_key=form.cleaned_data["request_key"],
                by=by,
            ),
        )
        if dataset is not None:
            messages.success(request, _("The dataset is registered. Now upload its data."))
            if told := source_consequence(dataset):
                messages.info(request, told)
            return redirect("dataset_upload", pk=dataset.pk)
    context = {"form": form}
    return render(request, "catalog/dataset_register.html", context, status=form_status(form))


@signed_in
def dataset_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a dataset: what it is, what is missing, its versions, its columns, its history."""
    dataset = visible(datasets_visible_to(actor(request)), pk=pk)
    return _detail_page(request, dataset)


def _detail_page(
    request: HttpRequest, dataset: Dataset, reason_form: ReasonForm | None = None
) -> HttpResponse:
    by = actor(request)
    reason_form = reason_form or ReasonForm()
    newest = latest_source_version(dataset)
    acts = rules.acts_on_dataset(dataset, by, *OFFICERS_ACTS)
    faults, versions = rules.submission_faults(dataset), list(versions_of(dataset))
    context = {
        "dataset": dataset,
        "facts": description_facts(dataset),
        "grade_facts": grade_facts(dataset),
        "source_consequence": source_consequence(dataset),
        "steps": steps_of(
            dataset, [code for code, _sentence in faults], changes=acts["revise_dataset"]
        ),
        "faults": [sentence for _code, sentence in faults],
        "versions": versions,
        "destroyable": [row.pk for row in versions if is_open(check_destroy_raw, row, by)],
        "newest": newest,
        "version_facts": version_facts(newest) if newest else [],
        "columns": columns_of(newest) if newest else [],
        "acts": acts,
        "is_own": is_open(rules.check_owner, dataset, by),
        "shows_review": is_open(rules.check_look_at_review, dataset, by),
        "reason_form": reason_form,
        "timeline": timeline_of(f"dataset:{dataset.pk}", by=by),
    }
    return render(request, "catalog/dataset_detail.html", context, status=form_status(reason_form))


@signed_in
def dataset_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the description."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    rules.check_change_dataset(dataset, by)
    initial = {name: getattr(dataset, name) for name in DescriptionForm.base_fields}
    form = DescriptionForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: revise_dataset(pk, description=form.description(), by=by))
        is not None
    ):
        messages.success(request, _("The description is saved."))
        return redirect("dataset_detail", pk=pk)
    context = {"form": form, "dataset": dataset}
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
        sent = form.cleaned_data["negative_list"]
        graded = attempt(
            form,
            lambda: grade_dataset(pk, impacts=form.impacts(), negative_list=sent, by=by),
        )
        if graded is not None:
            messages.success(
                request, _("The grade is: %(grade)s.") % {"grade": graded.get_grade_display()}
            )
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
        "consequence": grade_consequence(shown, items),
    }
    if previews and getattr(request, "htmx", False):
        return render(request, "catalog/partials/grade_preview.html", context)
    return render(request, "catalog/dataset_grade.html", context, status=form_status(form))


@require_POST
@signed_in
def dataset_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open an approved dataset for changes."""
    reopen_dataset(pk, by=actor(request))
    messages.success(request, _("The dataset is open for changes and needs review again."))
    return redirect("dataset_detail", pk=pk)


@require_POST
@signed_in
def dataset_retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a dataset out of use."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: retire_dataset(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The dataset is retired."))
            return redirect("dataset_detail", pk=pk)
    dataset = visible(datasets_visible_to(by), pk=pk)
    return _detail_page(request, dataset, form)
