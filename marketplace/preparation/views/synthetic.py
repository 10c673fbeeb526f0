"""The page on which an officer asks for a synthetic copy in place of masked rows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.preparation.budgets import budget_of
from marketplace.preparation.domains import known_values
from marketplace.preparation.forms.synthetic import SyntheticForm
from marketplace.preparation.looking import columns_looked_at
from marketplace.preparation.proposals import policy_to_decide
from marketplace.preparation.rules.versions import check_decides_now
from marketplace.preparation.selectors import findings_of, labels_of, source_visible_to
from marketplace.preparation.services.policies import confirm_policy
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def synthetic_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an officer say how much may be told, and which values there can be."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides_now(version, by)
    decided = policy_to_decide(version)
    budget = budget_of(version.dataset_id)
    form = SyntheticForm(
        request.POST or None,
        findings=list(findings_of(version)),
        labels=labels_of(version),
        known=known_values(version, decided.policy, looked_at=columns_looked_at(version, by=by)),
        budget=budget,
    )
    if request.method == "POST" and form.is_valid():
        document = form.document(decided.policy.to_dict())
        policy = attempt(
            form,
            lambda: confirm_policy(pk, policy=document, reasons=decided.reasons, by=by),
        )
        if policy is not None:
            messages.success(request, _("The synthetic copy is confirmed. It can be drawn."))
            return redirect("preparation_detail", pk=pk)
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "rows": form.listed(),
        "budget": budget,
    }
    return render(request, "preparation/synthetic.html", context, status=form_status(form))
