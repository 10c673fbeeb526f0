"""The pages of organizations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts import rules
from marketplace.accounts.forms import ApplyForm, InviteForm, ReasonForm
from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.selectors import (
    founder_of,
    open_invitations,
    organizations_visible_to,
    people_visible_to,
    timeline_of,
)
from marketplace.accounts.services.organizations import (
    Applicant,
    apply_organization,
    refuse_organization,
    reinstate_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.accounts.tables import OrganizationTable
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


def organization_apply(request: HttpRequest) -> HttpResponse:
    """Let an organization ask to take part."""
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        organization = attempt(
            form,
            lambda: apply_organization(
                name=sent["name"],
                kind=OrganizationKind(sent["kind"]),
                uscc=sent["uscc"],
                contact=sent["contact"],
                applicant=Applicant(sent["person_name"], sent["email"], sent["password"]),
                roles=frozenset(sent["roles"]),
                by=actor(request),
            ),
        )
        if organization is not None:
            messages.success(
                request,
                _(
                    "Your application is in. You can sign in with this password, and act once "
                    "the centre has verified you. If it does not open, the e-mail address belonged "
                    "to an account before, and nothing was registered: apply with another one."
                ),
            )
            return redirect("account_login")
    return render(request, "accounts/apply.html", {"form": form}, status=form_status(form))


@signed_in
def organization_list(request: HttpRequest) -> HttpResponse:
    """List the organizations."""
    rows = organizations_visible_to(actor(request)).order_by("name")
    table = arranged(request, OrganizationTable(rows))
    return render(request, "accounts/organization_list.html", {"table": table})


@signed_in
def organization_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an organization with its people and what may be done."""
    return organization_page(request, visible(organizations_visible_to(actor(request)), pk=pk))


def organization_page(
    request: HttpRequest,
    organization: Organization,
    *,
    reason_form: ReasonForm | None = None,
    invite_form: InviteForm | None = None,
) -> HttpResponse:
    """Return the page of an organization, with what is wrong in a form that was sent."""
    by = actor(request)
    manages = is_open(rules.check_manages, organization, by)
    belongs = is_open(rules.check_see_people, organization, by)
    invite_form = invite_form or InviteForm(organization_kind=organization.kind)
    reason_form = reason_form or ReasonForm()
    status = max(form_status(invite_form), form_status(reason_form))
    context = {
        "organization": organization,
        "people": people_visible_to(by).filter(organization=organization) if belongs else [],
        "invitations": open_invitations(organization.pk, by=by) if manages else [],
        "belongs": belongs,
        "founder": founder_of(organization, by=by),
        "acts": rules.acts_on_organization(organization, by),
        "reason_form": reason_form,
        "invite_form": invite_form,
        "timeline": timeline_of(f"organization:{organization.pk}", by=by)
        if is_open(rules.check_see_history, organization, by)
        else [],
    }
    return render(request, "accounts/organization_detail.html", context, status=status)


@require_POST
@signed_in
def organization_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an organization in."""
    verify_organization(pk, by=actor(request))
    messages.success(request, _("The organization is verified and can act now."))
    return redirect("organization_detail", pk=pk)


@require_POST
@signed_in
def organization_reinstate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a suspended organization act again."""
    reinstate_organization(pk, by=actor(request))
    messages.success(request, _("The organization can act again."))
    return redirect("organization_detail", pk=pk)


@require_POST
@signed_in
def organization_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Turn an application down."""
    by, form = actor(request), ReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form, lambda: refuse_organization(pk, reason=form.cleaned_data["reason"], by=by)
        )
        is not None
    ):
        messages.success(request, _("The application is refused."))
        return redirect("organization_detail", pk=pk)
    organization = visible(organizations_visible_to(by), pk=pk)
    return organization_page(request, organization, reason_form=form)


@require_POST
@signed_in
def organization_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop an organization from acting."""
    by, form = actor(request), ReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form, lambda: suspend_organization(pk, reason=form.cleaned_data["reason"], by=by)
        )
        is not None
    ):
        messages.success(request, _("The organization is suspended."))
        return redirect("organization_detail", pk=pk)
    organization = visible(organizations_visible_to(by), pk=pk)
    return organization_page(request, organization, reason_form=form)
