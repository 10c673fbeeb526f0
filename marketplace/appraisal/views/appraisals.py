"""Valuations: listed, shown, submitted, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.appraisal import presentation
from marketplace.appraisal.adapters import Replayed
from marketplace.appraisal.forms.decisions import ValuationReasonForm
from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.rules import acts_on_appraisal
from marketplace.appraisal.selectors import appraisals_visible_to, replay
from marketplace.appraisal.services.appraisals import submit_appraisal, withdraw_appraisal
from marketplace.appraisal.tables import AppraisalTable
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@signed_in
def appraisal_list(request: HttpRequest) -> HttpResponse:
    """List the valuations."""
    table = AppraisalTable(appraisals_visible_to(actor(request)))
    return render(request, "appraisal/appraisal_list.html", {"table": arranged(request, table)})


@signed_in
def appraisal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a valuation with the whole way to the figure."""
    return _detail(request, visible(appraisals_visible_to(actor(request)), pk=pk))


@signed_in
def appraisal_replay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a valuation computed anew from its stored inputs."""
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    return _detail(request, appraisal, replayed=replay(appraisal))


@require_POST
@signed_in
def appraisal_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a valuation to a second person."""
    submit_appraisal(pk, by=actor(request))
    messages.success(request, _("The valuation is with the reviewers."))
    return redirect("appraisal_detail", pk=pk)


@require_POST
@signed_in
def appraisal_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a valuation back."""
    by, form = actor(request), ValuationReasonForm(request.POST)
    if form.is_valid():
        appraisal = attempt(
            form, lambda: withdraw_appraisal(pk, reason=form.cleaned_data["reason"], by=by)
        )
        if appraisal is not None:
            messages.success(request, _("The valuation is withdrawn."))
            return redirect("appraisal_detail", pk=pk)
    return _detail(request, visible(appraisals_visible_to(by), pk=pk), form=form)


def _detail(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    form: ValuationReasonForm | None = None,
    replayed: Replayed | None = None,
) -> HttpResponse:
    by, form = actor(request), form or ValuationReasonForm()
    context = {
        **presentation.shown(appraisal),
        "timeline": timeline_of(f"appraisal:{appraisal.pk}", by=by),
        "replayed": replayed,
        "reason_form": form,
        "acts": acts_on_appraisal(appraisal, by),
    }
    return render(request, "appraisal/appraisal_detail.html", context, status=form_status(form))
