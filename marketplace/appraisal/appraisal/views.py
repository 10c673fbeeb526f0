import json
from collections.abc import Callable
from uuid import UUID

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.timeline import timeline_of
from marketplace.appraisal.adapters.results import Replayed
from marketplace.appraisal.appraisal import presentation
from marketplace.appraisal.appraisal.calculator import calculate, check_may_calculate
from marketplace.appraisal.appraisal.computing import preview
from marketplace.appraisal.appraisal.copying import CopiedFigures, copied_figures, formers_of
from marketplace.appraisal.appraisal.forms import (
    EXAMPLE,
    SHOWS,
    CalculatorForm,
    Guide,
)
from marketplace.appraisal.appraisal.models import Appraisal, Method
from marketplace.appraisal.appraisal.presentation import shown_preview
from marketplace.appraisal.appraisal.reports import report_of
from marketplace.appraisal.appraisal.rules import (
    WIDEST,
    acts_on_appraisal,
    check_draft_appraisal,
    check_revise_appraisal,
)
from marketplace.appraisal.appraisal.selectors import Basis, appraisals_visible_to, basis_of, replay
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    return_appraisal,
    revise_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.appraisal.appraisal.suggestions import suggested
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, clock, visible
from marketplace.core.versions import version_of
from marketplace.web.forms import CopyForm
from marketplace.web.pages import attempt, form_status, goes_on, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn
from marketplace.web.taking import ActForm, form_of

SUBMITTED = gettext_lazy("The valuation is with the reviewers.")

# The calculator page.


@signed_in
def calculator(request: HttpRequest) -> HttpResponse:
    """Run any method of the library; a POST keeps nothing, so that it is answered as it is."""
    by = actor(request)
    check_may_calculate(None, by)
    form = CalculatorForm(request.POST or None, initial={"method": "cost", "inputs": EXAMPLE})
    found = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        found = attempt(form, lambda: calculate(sent["method"], sent["inputs"], by=by))
    context = {
        "form": form,
        "found": found,
        "json": found and json.dumps(found.result, ensure_ascii=False, indent=2),
    }
    name = (
        "appraisal/partials/calculation.html"
        if _is_piece(request)
        else ("appraisal/calculator.html")
    )
    return render(request, name, context, status=form_status(form))


def _is_piece(request: HttpRequest) -> bool:
    return request.method == "POST" and bool(getattr(request, "htmx", False))


# The guided appraisal: drafted or revised, with the figure as it would be.


@signed_in
def appraisal_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    check_draft_appraisal(visible(datasets_visible_to(by), pk=pk), by)
    basis = basis_of(pk, purpose=WIDEST, by=by)
    first, copied = suggested(basis), None
    asked = CopyForm.asked(request)
    if asked is not None:
        copied = copied_figures(basis, first, asked, by=by)
    guide = Guide.asked(
        request,
        head={"valued_on": clock.today()} | ({"purpose": copied.source.purpose} if copied else {}),
        approaches={**first, **copied.approaches} if copied else first,
        chosen=list(copied.approaches) if copied else [Method.COST],
    )
    return _guided(
        request,
        basis,
        guide,
        copied=copied,
        act=lambda: draft_appraisal(
            pk,
            approaches=guide.given(),
            purpose=guide.head.cleaned_data["purpose"],
            valued_on=guide.head.cleaned_data["valued_on"],
            by=by,
        ),
        done=_("The value is computed. Check it, then submit it."),
    )


@signed_in
def appraisal_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    appraisal = visible(appraisals_visible_to(by), pk=pk)
    check_revise_appraisal(appraisal, by)
    basis = basis_of(appraisal.dataset_id, purpose=WIDEST, by=by)
    stored = Guide.values_of(appraisal)
    guide = Guide.asked(
        request,
        head={"purpose": appraisal.purpose, "valued_on": clock.today()},
        approaches={**suggested(basis), **stored},
        chosen=list(stored) or [Method.COST],
    )
    return _guided(
        request,
        basis,
        guide,
        act=unless_changed(
            request,
            appraisal,
            lambda: revise_appraisal(
                pk,
                approaches=guide.given(),
                purpose=guide.head.cleaned_data["purpose"],
                valued_on=guide.head.cleaned_data["valued_on"],
                by=by,
            ),
        ),
        done=_("The value is computed anew."),
        appraisal=appraisal,
    )


def _guided(
    request: HttpRequest,
    basis: Basis,
    guide: Guide,
    *,
    act: Callable[[], Appraisal],
    done: str,
    appraisal: Appraisal | None = None,
    copied: CopiedFigures | None = None,
) -> HttpResponse:
    previews = "preview" in request.POST
    is_piece = previews and bool(getattr(request, "htmx", False))
    found = None
    if request.method == "POST" and SHOWS not in request.POST and guide.is_valid():
        if previews:
            found = guide.attempt(lambda: _preview(basis, guide, actor(request)))
        else:
            kept = guide.attempt(act)
            if kept is not None:
                messages.success(request, done)
                if goes_on(request, lambda: submit_appraisal(kept.pk, by=actor(request))):
                    messages.success(request, SUBMITTED)
                    return redirect(settings.LOGIN_REDIRECT_URL)
                return redirect("appraisal_detail", pk=kept.pk)
    context = {
        "guide": guide,
        "basis": basis,
        "appraisal": appraisal,
        "copied": copied,
        "formers": [] if appraisal or is_piece else formers_of(basis, by=actor(request)),
        "is_of_api": appraisal is not None and not guide.holds_all_of(appraisal),
        "currency": settings.CENTRE["CURRENCY"],
        "found": found,
        "seen_version": version_of(appraisal) if appraisal else "",
    }
    if is_piece:
        # What is not filled in yet is no error while somebody still types.
        return render(request, "appraisal/partials/preview.html", context)
    name = "appraisal/appraisal_revise.html" if appraisal else "appraisal/appraisal_draft.html"
    return render(request, name, context, status=guide.status)


def _preview(basis: Basis, guide: Guide, by: Actor) -> dict[str, object]:
    sent = guide.head.cleaned_data
    found = preview(
        basis.dataset.pk,
        approaches=guide.given(),
        purpose=sent["purpose"],
        valued_on=sent["valued_on"],
        by=by,
    )
    return shown_preview(found)


# The report of a valuation: a page made to be printed, and a file.


@signed_in
def appraisal_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    context = {
        **presentation.shown(appraisal),
        "replayed": replay(appraisal),
        "bound": [
            (_("Dataset"), appraisal.dataset.title),
            (_("Desensitized version"), appraisal.version.number),
            (_("SHA-256 of the version"), appraisal.version.sha256),
            (_("Digest of the result"), appraisal.result_digest),
            (_("Credential"), appraisal.credential.number if appraisal.credential else ""),
            (_("Computed by"), f"valuation {appraisal.library_version}"),
        ],
    }
    return render(request, "appraisal/appraisal_report.html", context)


@signed_in
def appraisal_report_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the report as JSON, to be kept."""
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    answer = JsonResponse(
        report_of(appraisal), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="valuation-{appraisal.pk}.json"'
    return answer


# A second person decides on a valuation.


@signed_in
def appraisal_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, visible(appraisals_visible_to(actor(request)), pk=pk))


def review_page(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    approve_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    by, approve_form = actor(request), approve_form or form_of(approve_appraisal)()
    return_form = return_form or form_of(return_appraisal)()
    context = {
        **presentation.shown(appraisal),
        "timeline": timeline_of(f"appraisal:{appraisal.pk}", by=by),
        "replayed": replay(appraisal),
        "approve_form": approve_form,
        "return_form": return_form,
        "acts": acts_on_appraisal(appraisal, by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "appraisal/appraisal_review.html", context, status=status)


class AppraisalTable(CentreTable):
    """Valuations, newest first."""

    caption = gettext_lazy("Valuations")
    stacks = True
    dataset = tables.Column(
        linkify=("appraisal_detail", {"pk": tables.A("pk")}), verbose_name=gettext_lazy("Dataset")
    )
    amount = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = Appraisal
        fields = (
            *("dataset", "organization", "purpose", "amount"),
            *("valued_on", "valid_until", "state"),
        )
        empty_text = gettext_lazy(
            "There is no valuation yet. Open a dataset with a confirmed right to value it."
        )


@signed_in
def appraisal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return detail_page(request, visible(appraisals_visible_to(actor(request)), pk=pk))


@signed_in
def appraisal_replay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a valuation computed anew from its stored inputs."""
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    return detail_page(request, appraisal, replayed=replay(appraisal))


def detail_page(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    form: ActForm | None = None,
    replayed: Replayed | None = None,
) -> HttpResponse:
    by, form = actor(request), form or form_of(withdraw_appraisal)()
    context = {
        **presentation.shown(appraisal),
        "timeline": timeline_of(f"appraisal:{appraisal.pk}", by=by),
        "replayed": replayed,
        "reason_form": form,
        "acts": acts_on_appraisal(appraisal, by),
    }
    return render(request, "appraisal/appraisal_detail.html", context, status=form_status(form))
