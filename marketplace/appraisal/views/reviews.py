"""A second person decides on a valuation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.appraisal import presentation
from marketplace.appraisal.forms.decisions import ApproveForm, ValuationReasonForm
from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.rules import acts_on_appraisal
from marketplace.appraisal.selectors import appraisals_visible_to, replay
from marketplace.appraisal.services.decisions import approve_appraisal, return_appraisal
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def appraisal_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer everything that decides on a valuation."""
    return _review(request, visible(appraisals_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def appraisal_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a valuation in force."""
    by, form = actor(request), ApproveForm(request.POST)
    if form.is_valid():
        appraisal = attempt(
            form, lambda: approve_appraisal(pk, checklist=form.cleaned_data["checklist"], by=by)
        )
        if appraisal is not None:
            messages.success(request, _("The valuation is in force and signed."))
            return redirect("appraisal_detail", pk=pk)
    return _review(request, visible(appraisals_visible_to(by), pk=pk), approve_form=form)


@require_POST
@signed_in
def appraisal_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a valuation back."""
    by, form = actor(request), ValuationReasonForm(request.POST)
    if form.is_valid():
        appraisal = attempt(
            form, lambda: return_appraisal(pk, reason=form.cleaned_data["reason"], by=by)
        )
        if appraisal is not None:
            messages.success(request, _("The valuation is returned for correction."))
            return redirect("appraisal_detail", pk=pk)
    return _review(request, visible(appraisals_visible_to(by), pk=pk), return_form=form)


def _review(
    request: HttpRequest,
    appraisal: Appraisal,
    *,
    approve_form: ApproveForm | None = None,
    return_form: ValuationReasonForm | None = None,
) -> HttpResponse:
    by, approve_form = actor(request), approve_form or ApproveForm()
    return_form = return_form or ValuationReasonForm()
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
