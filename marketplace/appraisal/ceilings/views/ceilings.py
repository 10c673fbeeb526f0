"""Price ceilings: drafted, revised, shown with their account, submitted, withdrawn, closed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.appraisal.ceilings import presentation, rules
from marketplace.appraisal.ceilings.forms import CeilingForm, CeilingReasonForm
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.profile import ceiling_profile, is_public_data
from marketplace.appraisal.ceilings.selectors import ceilings_visible_to
from marketplace.appraisal.ceilings.services.ceilings import (
    draft_ceiling,
    revise_ceiling,
    submit_ceiling,
    withdraw_ceiling,
)
from marketplace.appraisal.ceilings.services.decisions import close_ceiling
from marketplace.appraisal.ceilings.tables import CeilingTable
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@signed_in
def ceiling_list(request: HttpRequest) -> HttpResponse:
    """List the price ceilings."""
    table = CeilingTable(ceilings_visible_to(actor(request)))
    return render(request, "appraisal/ceiling_list.html", {"table": arranged(request, table)})


@signed_in
def ceiling_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the price ceiling of a dataset."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    rules.check_drafts(dataset, by)
    form = CeilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ceiling = attempt(form, lambda: draft_ceiling(pk, permitted=form.permitted(), by=by))
        if ceiling is not None:
            messages.success(request, _("The ceiling is computed. Check it, then submit it."))
            return redirect("ceiling_detail", pk=ceiling.pk)
    context = {
        "form": form,
        "dataset": dataset,
        "is_public": is_public_data(dataset.asset_kind),
        "rate": ceiling_profile().permitted_profit_rate,
        "currency": settings.CENTRE["CURRENCY"],
    }
    return render(request, "appraisal/ceiling_draft.html", context, status=form_status(form))


@signed_in
def ceiling_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute a price ceiling anew."""
    by = actor(request)
    ceiling = visible(ceilings_visible_to(by), pk=pk)
    rules.check_works_on(ceiling, by)
    form = CeilingForm(request.POST or None, initial=CeilingForm.values_of(ceiling))
    if request.method == "POST" and form.is_valid():
        revised = attempt(form, lambda: revise_ceiling(pk, permitted=form.permitted(), by=by))
        if revised is not None:
            messages.success(request, _("The ceiling is computed anew."))
            return redirect("ceiling_detail", pk=pk)
    context = {
        "form": form,
        "ceiling": ceiling,
        "dataset": ceiling.dataset,
        "is_public": is_public_data(ceiling.dataset.asset_kind),
        "rate": ceiling_profile().permitted_profit_rate,
        "currency": ceiling.currency,
    }
    return render(request, "appraisal/ceiling_revise.html", context, status=form_status(form))


@signed_in
def ceiling_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a price ceiling with the way to it and its account."""
    return _detail(request, visible(ceilings_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def ceiling_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a price ceiling to a second person."""
    submit_ceiling(pk, by=actor(request))
    messages.success(request, _("The price ceiling is with the reviewers."))
    return redirect("ceiling_detail", pk=pk)


@require_POST
@signed_in
def ceiling_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a price ceiling back."""
    by, form = actor(request), CeilingReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_ceiling(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The price ceiling is withdrawn."))
            return redirect("ceiling_detail", pk=pk)
    return _detail(request, visible(ceilings_visible_to(by), pk=pk), form=form)


@require_POST
@signed_in
def ceiling_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a price ceiling before its period is over."""
    by, form = actor(request), CeilingReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: close_ceiling(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The price ceiling is closed."))
            return redirect("ceiling_detail", pk=pk)
    return _detail(request, visible(ceilings_visible_to(by), pk=pk), form=form)


def _detail(
    request: HttpRequest, ceiling: PriceCeiling, *, form: CeilingReasonForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or CeilingReasonForm()
    context = {
        **presentation.shown(ceiling),
        "timeline": timeline_of(f"ceiling:{ceiling.pk}", by=by),
        "reason_form": form,
        "acts": rules.acts_on_ceiling(ceiling, by),
    }
    return render(request, "appraisal/ceiling_detail.html", context, status=form_status(form))
