"""The page on which a reviewer agrees to relabelled columns, or does not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.preparation.forms import ReasonForm, RolesForm
from marketplace.preparation.relabelling import unconfirmed_of
from marketplace.preparation.rules.roles import acts_on_policy, check_see_values
from marketplace.preparation.selectors import policies_visible_to
from marketplace.preparation.services.roles import confirm_roles, return_roles
from marketplace.preparation.showing_roles import roles_on_page
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def roles_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show evidence, values and reason of each relabelled column side by side."""
    return _page(request, pk)


@require_POST
@signed_in
def roles_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree, column by column."""
    by = actor(request)
    form = RolesForm(request.POST, names=_names(request, pk))
    if (
        form.is_valid()
        and attempt(form, lambda: confirm_roles(pk, columns=form.ticked, by=by)) is not None
    ):
        messages.success(
            request,
            _("The columns are confirmed. The officer can have the risk measured anew."),
        )
        return redirect("roles_review", pk=pk)
    return _page(request, pk, confirm_form=form)


@require_POST
@signed_in
def roles_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), ReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: return_roles(pk, reason=form.cleaned_data["reason"], by=by))
        is not None
    ):
        messages.success(request, _("The columns are returned; the officers read the reason."))
        return redirect("roles_review", pk=pk)
    return _page(request, pk, return_form=form)


def _names(request: HttpRequest, pk: UUID) -> list[str]:
    policy = visible(policies_visible_to(actor(request)), pk=pk)
    return [one.column for one in unconfirmed_of(policy)]


def _page(
    request: HttpRequest,
    pk: UUID,
    *,
    confirm_form: RolesForm | None = None,
    return_form: ReasonForm | None = None,
) -> HttpResponse:
    by = actor(request)
    policy = visible(policies_visible_to(by), pk=pk)
    case = open_case_of(CaseKind.ROLES, f"policy:{policy.pk}")
    shows = is_open(check_see_values, policy, by)
    confirm_form = confirm_form or RolesForm(names=_names(request, pk))
    return_form = return_form or ReasonForm()
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
