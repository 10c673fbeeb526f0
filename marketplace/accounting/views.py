"""The pages of accounting: costs, recognitions, plans, disclosure, and their review."""

from collections.abc import Sequence
from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.accounting import presentation
from marketplace.accounting.forms import (
    OPERATIONS,
    PlanForm,
    RecognitionForm,
)
from marketplace.accounting.models import Origin, Recognition
from marketplace.accounting.presentation import NoteRow, note_rows, note_total
from marketplace.accounting.rules import (
    acts_on_books,
    acts_on_recognition,
    check_books,
    check_reverse_cost,
)
from marketplace.accounting.selectors import (
    costs_visible_to,
    disclosed,
    recognitions_visible_to,
    stale_vouchers,
    standing_costs,
    totals_of,
    totals_under,
)
from marketplace.accounting.services import (
    USUAL_STANDARD,
    approve_recognition,
    propose_recognition,
    record_cost,
    record_impairment,
    return_recognition,
    withdraw_recognition,
)
from marketplace.accounting.standards.planner import Path, Planned, planned
from marketplace.accounting.standards.profiles import profile_named
from marketplace.accounting.standards.ratio import Entity, Operation
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, clock, is_open, visible
from marketplace.web.charts import curves
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn
from marketplace.web.taking import ActForm, form_of

# The costs of a dataset.


@signed_in
def dataset_costs(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    form = form_of(record_cost)(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: record_cost(pk, **form.taken(), by=by)) is not None:
        messages.success(request, _("The cost is recorded."))
        return redirect("dataset_costs", pk=pk)
    costs = list(costs_visible_to(by).filter(dataset=dataset))
    context = {
        "dataset": dataset,
        "form": form,
        "acts": acts_on_books(dataset, by),
        "reversible": [cost.pk for cost in costs if is_open(check_reverse_cost, cost, by)],
        "costs": costs,
        "totals": totals_of(dataset, by=by),
        "timeline": timeline_of(f"dataset:{dataset.pk}", by=by),
    }
    return render(request, "accounting/dataset_costs.html", context, status=form_status(form))


# The disclosure table: what the notes to the accounts say about data.

YEARS_BACK = 10


@signed_in
def disclosure(request: HttpRequest) -> HttpResponse:
    """Show the table of a year, or answer it as CSV."""
    year = _year(request)
    rows = note_rows(disclosed(actor(request)), year)
    if request.GET.get("form") == "csv":
        return _csv(rows, year)
    this = clock.today().year
    context = {
        "rows": rows,
        "total": note_total(rows),
        "year": year,
        "years": range(this, this - YEARS_BACK, -1),
    }
    return render(request, "accounting/disclosure.html", context)


def _year(request: HttpRequest) -> int:
    this, asked = clock.today().year, request.GET.get("year", "")
    if not asked.isascii() or not asked.isdigit() or not this - YEARS_BACK < int(asked[:4]) <= this:
        return this
    return int(asked[:4])


def _csv(rows: list[NoteRow], year: int) -> HttpResponse:
    head = (
        *(_("Dataset"), _("Organization"), _("Booked as"), _("Origin"), _("Standard")),
        *(_("Opening"), _("Added"), _("Amortized"), _("Impaired"), _("Closing")),
    )
    return csv_answer(f"data-assets-{year}.csv", (head, *(_line(row) for row in rows)))


def _line(row: NoteRow) -> tuple[object, ...]:
    kept = row.recognition
    return (
        *(kept.dataset.title, kept.organization.name, kept.get_category_display()),
        *(kept.get_origin_display(), kept.profile),
        *(row.opening, row.added, row.amortized, row.impaired, row.closing),
    )


# The debt-ratio planner: possible moves side by side. Nothing is kept.

SPENDING = (Operation.EXPENSED, Operation.CAPITALIZED, Operation.LOAN_FUNDED, Operation.GRANT)
ENTITY_OF: dict[str, Entity] = {
    OrganizationKind.GOVERNMENT: Entity.ADMINISTRATIVE_UNIT,
    OrganizationKind.PLATFORM: Entity.PLATFORM,
}


@signed_in
def debt_ratio(request: HttpRequest) -> HttpResponse:
    """Compare what possible moves do to the debt ratio over years."""
    initial = {"entity": _entity_of(actor(request))}
    form = PlanForm(request.GET if "assets" in request.GET else None, initial=initial)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            result = planned(form.plan())
            context |= _shown(result)
            context["target"] = form.cleaned_data["target"]
        except RuleRefused as refusal:
            form.add_error(None, refusal.sentence)
    return render(request, "accounting/debt_ratio.html", context, status=form_status(form))


def _entity_of(by: Actor) -> Entity:
    if by.organization_id is None:
        return Entity.COMPANY
    own = organizations_visible_to(by).filter(pk=by.organization_id).first()
    return ENTITY_OF.get(own.kind, Entity.COMPANY) if own else Entity.COMPANY


def _shown(result: Planned) -> dict[str, object]:
    labels = {operation: str(label) for operation, label in OPERATIONS}
    spending = [path for path in result.paths if path.operation in SPENDING]
    funding = [path for path in result.paths if path.operation not in SPENDING]
    return {
        "result": result,
        "rows": [
            {
                "label": labels[path.operation],
                "path": path,
                "first": path.ratios[0] if path.ratios else None,
                "last": path.ratios[-1] if path.ratios else None,
                "change": path.changes[-1] if path.changes else None,
            }
            for path in result.paths
        ],
        "charts": [
            (title, _chart(paths, labels, title))
            for title, paths in (
                (_("Ways to pay for the data"), spending),
                (_("Ways to change the balance sheet"), funding),
            )
            if any(path.ratios for path in paths)
        ],
    }


def _chart(paths: Sequence[Path], labels: dict[Operation, str], title: str) -> SafeString:
    series = {
        labels[path.operation]: [(str(year), change) for year, change in enumerate(path.changes)]
        for path in paths
        if path.changes
    }
    return curves(
        series,
        title=title,
        x_title=_("Years after the move"),
        y_title=_("Change in percentage points"),
    )


# A second person decides what is booked.


@signed_in
def recognition_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, visible(recognitions_visible_to(actor(request)), pk=pk))


def review_page(
    request: HttpRequest,
    recognition: Recognition,
    *,
    approve_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    approve_form, return_form = (
        approve_form or form_of(approve_recognition)(),
        return_form or form_of(return_recognition)(),
    )
    context = {
        **presentation.shown(recognition),
        "timeline": timeline_of(f"recognition:{recognition.pk}", by=by),
        "approve_form": approve_form,
        "return_form": return_form,
        "is_stale": stale_vouchers(recognition),
        "acts": acts_on_recognition(recognition, by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "accounting/recognition_review.html", context, status=status)


class RecognitionTable(CentreTable):
    """Decisions, newest first."""

    caption = gettext_lazy("Recognition decisions")
    stacks = True
    dataset = tables.Column(
        linkify=("recognition_detail", {"pk": tables.A("pk")}), verbose_name=gettext_lazy("Dataset")
    )
    carrying = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = Recognition
        fields = (
            *("dataset", "organization", "profile", "category"),
            *("carrying", "ready_on", "state"),
        )
        empty_text = gettext_lazy(
            "Nothing is decided yet. Record the costs of a dataset, then book it."
        )


# What data is booked as: decided, shown, withdrawn, tested for impairment.


@signed_in
def recognition_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the questions of a standard, and submit the decision that follows from the answers."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_books(dataset, by)
    asked = {"profile": USUAL_STANDARD, "origin": Origin.SELF_DEVELOPED.value}
    standard_form = form_of(propose_recognition)(
        request.GET if "profile" in request.GET else asked,
        without=("purpose", "ready_on", "life_months"),
    )
    chosen = standard_form.cleaned_data if standard_form.is_valid() else asked
    profile = profile_named(chosen["profile"])
    form = RecognitionForm(request.POST or None, profile=profile, origin=chosen["origin"])
    if request.method == "POST" and form.is_valid():
        recognition = attempt(form, lambda: propose_recognition(pk, **form.taken(), by=by))
        if recognition is not None:
            messages.success(request, _("The decision is with the reviewers."))
            return redirect("recognition_detail", pk=recognition.pk)
    context = {
        "dataset": dataset,
        "form": form,
        "standard": profile,
        "standard_title": profile.title_in(get_language()),
        "standard_form": standard_form,
        "totals": totals_under(profile, standing_costs(dataset)),
    }
    return render(request, "accounting/recognition_propose.html", context, status=form_status(form))


@signed_in
def recognition_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return detail_page(request, visible(recognitions_visible_to(actor(request)), pk=pk))


def detail_page(
    request: HttpRequest,
    recognition: Recognition,
    *,
    reason_form: ActForm | None = None,
    impairment_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    reason_form, impairment_form = (
        reason_form or form_of(withdraw_recognition)(),
        impairment_form or form_of(record_impairment)(),
    )
    context = {
        **presentation.shown(recognition),
        "timeline": timeline_of(f"recognition:{recognition.pk}", by=by),
        "reason_form": reason_form,
        "impairment_form": impairment_form,
        "is_stale": presentation.is_outdated(recognition),
        "acts": acts_on_recognition(recognition, by),
    }
    status = max(form_status(reason_form), form_status(impairment_form))
    return render(request, "accounting/recognition_detail.html", context, status=status)
