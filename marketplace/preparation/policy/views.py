"""The pages of policies: ask for a synthetic copy, agree."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import is_open, visible
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.column.rules import check_decides_now
from marketplace.preparation.column.selectors import findings_of, known_values, labels_of
from marketplace.preparation.policy.forms import SyntheticForm, offered_columns
from marketplace.preparation.policy.presentation import roles_on_page
from marketplace.preparation.policy.proposals import policy_to_decide
from marketplace.preparation.policy.relabelling import unconfirmed_of
from marketplace.preparation.policy.rules import acts_on_policy, check_see_values
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.preparation.policy.services import confirm_policy, confirm_roles, return_roles
from marketplace.preparation.version.selectors import columns_looked_at, source_visible_to
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

# The page on which an officer asks for a synthetic copy in place of masked rows.


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


# The page on which a reviewer agrees to relabelled columns, or does not.


@signed_in
def roles_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show evidence, values and reason of each relabelled column side by side."""
    return roles_page(request, pk)


@require_POST
@signed_in
def roles_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree, column by column."""
    by = actor(request)
    form = form_of(confirm_roles)(request.POST, **offered_columns(_names(request, pk)))
    if (
        form.is_valid()
        and attempt(form, lambda: confirm_roles(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(
            request,
            _("The columns are confirmed. The officer can have the risk measured anew."),
        )
        return redirect("roles_review", pk=pk)
    return roles_page(request, pk, confirm_form=form)


def _names(request: HttpRequest, pk: UUID) -> list[str]:
    policy = visible(policies_visible_to(actor(request)), pk=pk)
    return [one.column for one in unconfirmed_of(policy)]


def roles_page(
    request: HttpRequest,
    pk: UUID,
    *,
    confirm_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    policy = visible(policies_visible_to(by), pk=pk)
    case = open_case_of(CaseKind.ROLES, f"policy:{policy.pk}")
    shows = is_open(check_see_values, policy, by)
    confirm_form = confirm_form or form_of(confirm_roles)(**offered_columns(_names(request, pk)))
    return_form = return_form or form_of(return_roles)()
    context = {
        "policy": policy,
        "version": policy.version,
        "dataset": policy.version.dataset,
        "case": case,
        "acts": acts_on_policy(policy, by),
        **roles_on_page(
            policy,
            policy.version if shows else None,
            by=by,
            onward=reverse("roles_review", args=[policy.pk]),
        ),
        "earlier": cases_of(CaseKind.ROLES, f"policy:{policy.pk}").exclude(reason=""),
        "confirm_form": confirm_form,
        "return_form": return_form,
        "timeline": timeline_of(f"policy:{policy.pk}", by=by),
    }
    status = max(form_status(confirm_form), form_status(return_form))
    return render(request, "preparation/roles_review.html", context, status=status)
