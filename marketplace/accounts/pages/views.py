from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.acts import acts_on_organization, acts_on_person
from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.forms import IdentityForm
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.policies import may_withdraw_invitations
from marketplace.accounts.invitation.rules import acts_on_invitation
from marketplace.accounts.invitation.selectors import invitations_to
from marketplace.accounts.invitation.services import (
    invite_person,
    resend_invitation,
)
from marketplace.accounts.limit.forms import SigningLimitForm
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.member.services import (
    deactivate_person,
    make_owner,
    reactivate_person,
    set_roles,
)
from marketplace.accounts.organization.checklist import POINTS
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.rules import (
    check_see_history,
    check_see_people,
    is_examination_due,
    missing_documents,
)
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.organization.services import (
    examine_organization,
    reapply_organization,
    suspend_organization,
)
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.policies import is_owner
from marketplace.accounts.person.rules import acts_on_own_address
from marketplace.accounts.person.selectors import (
    has_proved_address,
    names_of,
    owners_of,
    people_visible_to,
)
from marketplace.accounts.person.services import ask_for_address_proof
from marketplace.accounts.proposal.rules import change_open_to_invite, changes_open_on_person
from marketplace.accounts.roles import roles_to_choose, signs_contracts
from marketplace.accounts.timeline import timeline_of
from marketplace.accounts.token.selectors import token_policy_of
from marketplace.accounts.token.services import set_token_policy
from marketplace.core import Allowed, Scope, is_open, visible
from marketplace.core.versions import version_of
from marketplace.web.pages import attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def _scopes() -> dict[str, list[tuple[str, str]]]:
    return {"scopes": [(scope.value, scope.explained) for scope in Scope]}


@signed_in
def organization_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return organization_page(request, visible(organizations_visible_to(actor(request)), pk=pk))


def _proving(request: HttpRequest) -> Allowed | None:
    """Return whether the link that proves an address can be asked for; None where none is due."""
    by = actor(request)
    if by.person_id is None or has_proved_address(by.person_id):
        return None
    return acts_on_own_address(visible(people_visible_to(by), pk=by.person_id), by)


def organization_page(
    request: HttpRequest,
    organization: Organization,
    *,
    reason_form: ActForm | None = None,
    invite_form: ActForm | None = None,
    examine_form: ActForm | None = None,
    policy_form: ActForm | None = None,
    reapply_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    sees_invitations = may_withdraw_invitations(by, organization)
    belongs = is_open(check_see_people, organization, by)
    invite_form = invite_form or _invite_form(organization)
    reason_form = reason_form or form_of(suspend_organization)()
    examine_form = examine_form or form_of(examine_organization)()
    policy_form = policy_form or form_of(set_token_policy)(
        offered=_scopes(),
        initial={"scopes": organization.token_scopes, "days": organization.token_days},
    )
    reapply_form = reapply_form or form_of(reapply_organization)(
        initial={
            field: getattr(organization, field)
            for field in ("name", "uscc", "contact", "is_abroad")
        }
    )
    forms = (invite_form, reason_form, examine_form, policy_form, reapply_form)
    status = max(form_status(form) for form in forms)
    context = {
        "organization": organization,
        "people": people_visible_to(by).filter(organization=organization) if belongs else [],
        "invitations": [
            (invitation, acts_on_invitation(invitation, by))
            for invitation in (invitations_to(organization.pk, by=by) if sees_invitations else ())
        ],
        "belongs": belongs,
        "proving": _proving(request) if by.is_member_of(organization.pk) else None,
        "owners": owners_of(organization.pk) if belongs else [],
        "change_to_invite": change_open_to_invite(organization, by),
        "acts": acts_on_organization(organization, by),
        "reason_form": reason_form,
        "invite_form": invite_form,
        "examine_form": examine_form,
        "examination_due": is_examination_due(organization),
        "reapply_form": reapply_form,
        "missing_documents": missing_documents(organization),
        "points": [sentence for code, sentence in POINTS if code in organization.checklist],
        "policy_form": policy_form,
        "policy": token_policy_of(organization),
        "policy_seen": version_of(organization),
        "timeline": timeline_of(f"organization:{organization.pk}", by=by)
        if is_open(check_see_history, organization, by)
        else [],
    }
    return render(request, "accounts/organization_detail.html", context, status=status)


@require_POST
@signed_in
def organization_examine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Examine an organization's documents as the first of two."""
    by, form = actor(request), form_of(examine_organization)(request.POST)
    organization = visible(organizations_visible_to(by), pk=pk)
    if form.is_valid():
        sent = form.taken()
        act = unless_changed(request, organization, lambda: examine_organization(pk, **sent, by=by))
        if attempt(form, act) is not None:
            messages.success(request, _("It is examined: another administrator verifies it."))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, examine_form=form)


@require_POST
@signed_in
def person_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer somebody to join, by a link that is sent to them alone."""
    by = actor(request)
    organization = visible(organizations_visible_to(by), pk=pk)
    form = _invite_form(organization, request.POST)
    if form.is_valid():
        invitation = attempt(form, lambda: invite_person(pk, **form.taken(), by=by))
        if invitation is not None:
            messages.success(request, _told_to(invitation))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, invite_form=form)


def _invite_form(organization: Organization, sent: QueryDict | None = None) -> ActForm:
    """Make the form that asks for a limit where people of the organization sign contracts."""
    return form_of(invite_person)(
        sent,
        offered={"roles": roles_to_choose(organization.kind)},
        without=() if signs_contracts(organization.kind) else ("limit",),
    )


@require_POST
@signed_in
def invitation_resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    invitation = resend_invitation(pk, by=actor(request))
    messages.success(request, _told_to(invitation))
    return redirect("organization_detail", pk=invitation.organization_id)


def _told_to(invitation: Invitation) -> str:
    return _("The invitation goes to %(address)s: whoever reads that mailbox can join.") % {
        "address": invitation.email
    }


@require_POST
@signed_in
def address_ask(request: HttpRequest) -> HttpResponse:
    """Have the link sent once more that proves the address."""
    person = ask_for_address_proof(by=actor(request))
    messages.success(request, _("The link goes to %(address)s.") % {"address": person.email})
    return redirect("organization_detail", pk=person.organization_id)


@signed_in
def person_roles(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    person = visible(people_visible_to(by).exclude(organization=None), pk=pk)
    assert person.organization is not None
    form = _roles_form(person, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            unless_changed(
                request,
                person,
                lambda: set_roles(pk, **form.taken(), by=by),
            ),
        )
        is not None
    ):
        messages.success(request, _("The roles are set."))
        return redirect("organization_detail", pk=person.organization_id)
    return _person_page(request, person, form=form)


def _roles_form(person: Person, sent: QueryDict | None = None) -> ActForm:
    assert person.organization is not None
    return form_of(set_roles)(
        sent,
        offered={"roles": roles_to_choose(person.organization.kind)},
        initial={"roles": [grant.role for grant in person.role_grants.all()]},
    )


@require_POST
@signed_in
def person_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note which identity document a person has shown."""
    by, form = actor(request), IdentityForm(request.POST)
    if form.is_valid():
        document = DocumentKind(form.cleaned_data["document"])
        number = form.cleaned_data["number"]
        done = attempt(form, lambda: record_identity(pk, document=document, number=number, by=by))
        if done is not None:
            messages.success(request, _("The document is noted. Its number is not kept."))
            return redirect("person_roles", pk=pk)
    person = visible(people_visible_to(by).exclude(organization=None), pk=pk)
    return _person_page(request, person, identity_form=form)


@require_POST
@signed_in
def person_signing_limit(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), SigningLimitForm(request.POST)
    person = visible(people_visible_to(by).exclude(organization=None), pk=pk)
    if form.is_valid():
        limit = form.cleaned_data["limit"]
        done = attempt(
            form,
            unless_changed(request, person, lambda: set_signing_limit(pk, limit=limit, by=by)),
        )
        if done is not None:
            messages.success(request, _("The limit is set. The person is told."))
            return redirect("person_roles", pk=pk)
    return _person_page(request, person, limit_form=form)


def _person_page(
    request: HttpRequest,
    person: Person,
    *,
    form: ActForm | None = None,
    identity_form: IdentityForm | None = None,
    limit_form: SigningLimitForm | None = None,
) -> HttpResponse:
    assert person.organization is not None
    form = form or _roles_form(person)
    identity_form = identity_form or IdentityForm()
    by, mandate = actor(request), mandate_of(person.pk)
    limit_form = limit_form or SigningLimitForm(initial={"limit": max(mandate.limit, Decimal(0))})
    context = {
        "form": form,
        "identity_form": identity_form,
        "limit_form": limit_form,
        "mandate": mandate,
        "given_by": names_of([mandate.given_by_id]).get(mandate.given_by_id or person.pk, ""),
        "currency": settings.CENTRE["CURRENCY"],
        "signing_days": settings.CENTRE["SIGNING_DAYS"],
        "trades": signs_contracts(person.organization.kind),
        "person": person,
        "acts": acts_on_person(person, by),
        "is_owner": is_owner(person),
        "changes": changes_open_on_person(person, by),
        "seen_version": version_of(person),
    }
    status = max(form_status(each) for each in (form, identity_form, limit_form))
    return render(request, "accounts/person_roles.html", context, status=status)


@require_POST
@signed_in
def organization_token_policy(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(set_token_policy)(request.POST, offered=_scopes())
    organization = visible(organizations_visible_to(by), pk=pk)
    if form.is_valid():
        sent = form.taken()
        act = unless_changed(request, organization, lambda: set_token_policy(pk, **sent, by=by))
        set_to = attempt(form, act)
        if set_to is not None:
            messages.success(request, _("The policy for tokens holds from now on."))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, policy_form=form)


@require_POST
@signed_in
def person_make_owner(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = make_owner(pk, by=actor(request))
    messages.success(request, _("%(name)s is an owner now.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)


@require_POST
@signed_in
def person_deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = deactivate_person(pk, by=actor(request))
    messages.success(request, _("%(name)s cannot sign in any more.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)


@require_POST
@signed_in
def person_reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = reactivate_person(pk, by=actor(request))
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)
