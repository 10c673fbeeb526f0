"""A second person decides on a price ceiling."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.appraisal.ceilings import presentation
from marketplace.appraisal.ceilings.forms import ApproveCeilingForm, CeilingReasonForm
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.rules import acts_on_ceiling
from marketplace.appraisal.ceilings.selectors import ceilings_visible_to
from marketplace.appraisal.ceilings.services.decisions import approve_ceiling, return_ceiling
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def ceiling_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer everything that decides on a price ceiling."""
    return _review(request, visible(ceilings_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def ceiling_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a price ceiling in force."""
    by, form = actor(request), ApproveCeilingForm(request.POST)
    if form.is_valid():
        checklist = form.cleaned_data["checklist"]
        if attempt(form, lambda: approve_ceiling(pk, checklist=checklist, by=by)) is not None:
            messages.success(request, _("The price ceiling is in force for its period."))
            return redirect("ceiling_detail", pk=pk)
    return _review(request, visible(ceilings_visible_to(by), pk=pk), approve_form=form)


@require_POST
@signed_in
def ceiling_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a price ceiling back."""
    by, form = actor(request), CeilingReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: return_ceiling(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The price ceiling is returned for correction."))
            return redirect("ceiling_detail", pk=pk)
    return _review(request, visible(ceilings_visible_to(by), pk=pk), return_form=form)


def _review(
    request: HttpRequest,
    ceiling: PriceCeiling,
    *,
    approve_form: ApproveCeilingForm | None = None,
    return_form: CeilingReasonForm | None = None,
) -> HttpResponse:
    approve_form = approve_form or ApproveCeilingForm()
    return_form = return_form or CeilingReasonForm()
    by = actor(request)
    context = {
        **presentation.shown(ceiling),
        "timeline": timeline_of(f"ceiling:{ceiling.pk}", by=by),
        "approve_form": approve_form,
        "return_form": return_form,
        "acts": acts_on_ceiling(ceiling, by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "appraisal/ceiling_review.html", context, status=status)
