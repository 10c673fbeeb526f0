"""The pages of people, their invitations and their keys to the API."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.forms import AcceptInvitationForm, InviteForm, RolesForm, TokenForm
from marketplace.accounts.roles import Role
from marketplace.accounts.rules import acts_on_account, acts_on_person
from marketplace.accounts.selectors import (
    organizations_visible_to,
    people_visible_to,
    tokens_visible_to,
)
from marketplace.accounts.services.invitations import (
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from marketplace.accounts.services.people import (
    deactivate_person,
    reactivate_person,
    set_roles,
)
from marketplace.accounts.services.tokens import create_token, revoke_token
from marketplace.accounts.views.organizations import organization_page
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def person_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer somebody to join; the link is shown once."""
    by = actor(request)
    organization = visible(organizations_visible_to(by), pk=pk)
    form = InviteForm(request.POST, organization_kind=organization.kind)
    if form.is_valid():
        issued = attempt(
            form,
            lambda: invite_person(
                pk,
                email=form.cleaned_data["email"],
                roles=frozenset(form.cleaned_data["roles"]),
                by=by,
            ),
        )
        if issued is not None:
            return render(
                request,
                "accounts/invited.html",
                {
                    "organization": organization,
                    "secret": issued.secret,
                    "invitation": issued.invitation,
                },
            )
    return organization_page(request, organization, invite_form=form)


def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Let an invited person join."""
    form = AcceptInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = attempt(
            form,
            lambda: accept_invitation(
                secret=secret,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                by=actor(request),
            ),
        )
        if person is not None:
            messages.success(request, _("Welcome. Sign in with your e-mail address and password."))
            return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form}, status=form_status(form))


@signed_in
def person_roles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the roles of a person."""
    by = actor(request)
    person = visible(people_visible_to(by).exclude(organization=None), pk=pk)
    assert person.organization is not None
    held = [grant.role for grant in person.role_grants.all()]
    form = RolesForm(
        request.POST or None,
        organization_kind=person.organization.kind,
        initial={"roles": held},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: set_roles(pk, roles=frozenset(form.cleaned_data["roles"]), by=by))
        is not None
    ):
        messages.success(request, _("The roles are set."))
        return redirect("organization_detail", pk=person.organization_id)
    context = {
        "form": form,
        "person": person,
        "acts": acts_on_person(person, by),
        "is_founder": person.pk == person.organization.applied_by_id,
    }
    return render(request, "accounts/person_roles.html", context, status=form_status(form))


@signed_in
def account_tokens(request: HttpRequest) -> HttpResponse:
    """List and make the keys to the API."""
    by, secret = actor(request), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issued = attempt(form, lambda: create_token(**form.cleaned_data, by=by))
        if issued is not None:
            # Shown once, in the answer itself: a redirect would have to keep it somewhere.
            form, secret = TokenForm(), issued.secret
    context = {
        "form": form,
        "secret": secret,
        "tokens": tokens_visible_to(by),
        "acts": acts_on_account(by),
        "is_of_all": by.has(Role.ADMINISTRATOR),
    }
    return render(request, "accounts/tokens.html", context, status=form_status(form))


@require_POST
@signed_in
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a token from opening anything."""
    revoke_token(pk, by=actor(request))
    messages.success(request, _("The token is revoked."))
    return redirect("account_tokens")


@require_POST
@signed_in
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = withdraw_invitation(pk, by=actor(request))
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("organization_detail", pk=invitation.organization_id)


@require_POST
@signed_in
def person_deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a person from signing in."""
    person = deactivate_person(pk, by=actor(request))
    messages.success(request, _("%(name)s cannot sign in any more.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)


@require_POST
@signed_in
def person_reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a person sign in again."""
    person = reactivate_person(pk, by=actor(request))
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)
