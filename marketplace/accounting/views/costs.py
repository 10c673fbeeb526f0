"""The costs of a dataset."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounting.forms import CostForm
from marketplace.accounting.models import CostKind
from marketplace.accounting.rules import acts_on_books, check_reverse_cost
from marketplace.accounting.selectors import costs_visible_to, totals_of
from marketplace.accounting.services.costs import record_cost, reverse_cost
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def dataset_costs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show and record what a dataset has cost."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    form = CostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data | {"kind": CostKind(form.cleaned_data["kind"])}
        if attempt(form, lambda: record_cost(pk, **sent, by=by)) is not None:
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


@require_POST
@signed_in
def cost_reverse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a recorded amount back."""
    reversal = reverse_cost(pk, by=actor(request))
    messages.success(request, _("The cost is reversed."))
    return redirect("dataset_costs", pk=reversal.dataset_id)
