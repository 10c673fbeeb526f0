"""The page on which an officer sees how the table of a file is read, and mends it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desensitize.tables import Survey
from marketplace.catalog.dataset.rules import check_owner, check_receive_data
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.selectors import sets_aside
from marketplace.catalog.intake.forms import ReadingForm, UploadForm
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.presentation import preview_of, ragged_rows, refusal_words
from marketplace.catalog.intake.proposals import proposals_of
from marketplace.catalog.intake.rules import acts_on_intake, check_mend_reading
from marketplace.catalog.intake.seeing import reading_of, seen_of
from marketplace.catalog.intake.selectors import intakes_visible_to, waiting_for
from marketplace.catalog.intake.services import hand_in_file, mend_reading, take_file
from marketplace.catalog.version.comparing import difference
from marketplace.catalog.version.presentation import read_as
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.core import Invalid, visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def dataset_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file, and lead to the page that shows how its table is read."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_receive_data(dataset, by)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*sent)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        intake = attempt(form, lambda: hand_in_file(pk, upload=upload, by=by))
        if intake is not None:
            return redirect("intake_detail", pk=intake.pk)
    context = {
        "form": form,
        "dataset": dataset,
        "newest": latest_source_version(dataset),
        "waiting": waiting_for(dataset),
        "sets_aside": sets_aside(dataset),
        "reopens": dataset.is_approved,
    }
    return render(request, "catalog/dataset_upload.html", context, status=form_status(form))


@signed_in
def intake_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was seen of a file; `preview` looks again as was said, `take` takes the table."""
    by = actor(request)
    intake = visible(intakes_visible_to(by), pk=pk)
    check_owner(intake.dataset, by)
    if intake.version is not None:
        return redirect("dataset_detail", pk=intake.dataset_id)
    seen = seen_of(intake, by)
    if seen is None:
        if request.method == "POST":
            check_mend_reading(intake, by)
        return _page(request, intake, None, None)
    form = _form(request, intake, seen)
    if form.is_valid():
        try:
            done = _act(request, intake, form)
        except Invalid as refusal:
            form.place(refusal)
        else:
            return _taken(request, done) if done.version else redirect("intake_detail", pk=pk)
    return _page(request, intake, seen, form)


def _act(request: HttpRequest, intake: Intake, form: ReadingForm) -> Intake:
    """Take the table; or look again, where that was asked or what was sent makes another table."""
    by, reading, said = actor(request), form.reading(), form.annotations()
    if "take" not in request.POST or form.reads_anew:
        return mend_reading(intake.pk, reading=reading, said=said, by=by)
    others = form.cleaned_data.get("other_columns", False)
    return take_file(intake.pk, reading=reading, said=said, other_columns=others, by=by)


def _form(request: HttpRequest, intake: Intake, seen: Survey) -> ReadingForm:
    before, reading = latest_source_version(intake.dataset), reading_of(intake)
    return ReadingForm(
        request.POST if request.method == "POST" else None,
        seen=seen,
        reading=reading,
        proposals=proposals_of(intake, seen),
        said={each["name"]: each for each in intake.said},
        asks=bool(before and seen.info and difference(before, seen.info.columns)),
    )


def _taken(request: HttpRequest, intake: Intake) -> HttpResponse:
    version = intake.version
    assert version is not None, "It was just taken."
    messages.success(
        request,
        _("The data is version %(number)d: %(rows)s rows, %(columns)d columns.")
        % {
            "number": version.number,
            "rows": number_format(version.rows, force_grouping=True),
            "columns": version.column_count,
        },
    )
    messages.info(request, _("Read as – %(form)s.") % {"form": read_as(version)})
    intake.dataset.refresh_from_db()
    is_said = intake.dataset.is_approved or not columns_of(version).filter(label="").exists()
    onto = "dataset_detail" if is_said else "dataset_annotate"
    if is_said and not intake.dataset.grade:
        onto = "dataset_grade"
    return redirect(onto, pk=intake.dataset_id)


def _page(
    request: HttpRequest, intake: Intake, seen: Survey | None, form: ReadingForm | None
) -> HttpResponse:
    before = latest_source_version(intake.dataset)
    context: dict[str, object] = {
        "intake": intake,
        "dataset": intake.dataset,
        "seen": seen,
        "form": form,
        "acts": acts_on_intake(intake, actor(request)),
        "before": before,
    }
    if seen is not None:
        head, tail = preview_of(seen)
        context |= {
            "head": head,
            "tail": tail,
            "ragged": ragged_rows(seen),
            "refusal": refusal_words(seen),
            "difference": difference(before, seen.info.columns, intake.differs)
            if before and seen.info
            else None,
        }
    status = form_status(form) if form is not None else 200
    return render(request, "catalog/intake_detail.html", context, status=status)
