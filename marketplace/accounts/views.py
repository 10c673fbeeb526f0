from decimal import Decimal
from uuid import UUID

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from marketplace.accounts import rules
from marketplace.accounts.checklist import POINTS
from marketplace.accounts.filters import OrganizationFilters
from marketplace.accounts.forms import (
    AcceptInvitationForm,
    ApplyForm,
    ExamineForm,
    InviteForm,
    OrganizationForm,
    RolesForm,
    TokenForm,
    TokenPolicyForm,
)
from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.forms import IdentityForm
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.limit.forms import SigningLimitForm
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.policies import is_owner, may_withdraw_invitations
from marketplace.accounts.proposal.rules import change_open_to_invite, changes_open_on_person
from marketplace.accounts.roles import OrganizationKind, Role, signs_contracts
from marketplace.accounts.rules import acts_on_account, acts_on_person
from marketplace.accounts.selectors import (
    has_proved_address,
    invitations_to,
    names_of,
    organizations_visible_to,
    owners_of,
    people_visible_to,
    timeline_of,
    token_policy_for,
    token_policy_of,
    token_rows,
)
from marketplace.accounts.services import (
    Applicant,
    accept_invitation,
    apply_organization,
    ask_for_address_proof,
    create_token,
    deactivate_person,
    examine_organization,
    invite_person,
    make_owner,
    prove_address,
    reactivate_person,
    refuse_organization,
    reinstate_organization,
    remember_language,
    resend_invitation,
    revoke_token,
    set_roles,
    set_token_policy,
    step_down,
    suspend_organization,
    verify_organization,
    withdraw_invitation,
)
from marketplace.core import Allowed, NotAllowed, is_open, visible
from marketplace.core.versions import version_of
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

# The choice of a language.


@csrf_exempt
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language.

    A visitor's form has no token, since it would make each page one of their own that no cache may
    show to the next; the browser tells whether the form was on a page of ours.
    """
    if request.user.is_authenticated:
        return _choose_for_person(request)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed(_("Choose the language on a page of the centre."))
    return set_language(request)


@csrf_protect
def _choose_for_person(request: HttpRequest) -> HttpResponse:
    """Write the person's e-mails in the language too."""
    by, chosen = actor(request), request.POST.get("language", "")
    if by.person_id is not None and chosen in dict(settings.LANGUAGES):
        remember_language(by.person_id, chosen)
    return set_language(request)


class OrganizationTable(tables.Table):
    """Organizations by name."""

    name = tables.Column(linkify=("organization_detail", {"pk": tables.A("pk")}))
    state = tables.TemplateColumn("{% state_badge record.state record.get_state_display %}")

    class Meta:
        model = Organization
        fields = ("name", "kind", "uscc", "state")
        empty_text = gettext_lazy("There is no organization yet.")


# The pages of organizations.


def organization_apply(request: HttpRequest) -> HttpResponse:
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
                is_abroad=sent["is_abroad"],
                by=actor(request),
            ),
        )
        if organization is not None:
            messages.success(
                request,
                _(
                    "Your application is in. Follow the link that goes to your e-mail address: "
                    "before that, the centre cannot verify you. If no link comes, the address "
                    "belonged to an account before, and nothing was registered: apply with "
                    "another one."
                ),
            )
            return redirect("account_login")
    return render(request, "accounts/apply.html", {"form": form}, status=form_status(form))


@signed_in
def organization_list(request: HttpRequest) -> HttpResponse:
    rows = organizations_visible_to(actor(request)).order_by("name")
    return list_page(
        request,
        "accounts/organization_list.html",
        OrganizationTable,
        rows,
        filters=OrganizationFilters,
    )


@signed_in
def organization_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return organization_page(request, visible(organizations_visible_to(actor(request)), pk=pk))


def _proving(request: HttpRequest) -> Allowed | None:
    """Return whether the link that proves an address can be asked for; None where none is due."""
    by = actor(request)
    if by.person_id is None or has_proved_address(by.person_id):
        return None
    return rules.acts_on_own_address(visible(people_visible_to(by), pk=by.person_id), by)


def organization_page(
    request: HttpRequest,
    organization: Organization,
    *,
    reason_form: ActForm | None = None,
    invite_form: InviteForm | None = None,
    examine_form: ExamineForm | None = None,
    policy_form: TokenPolicyForm | None = None,
    reapply_form: OrganizationForm | None = None,
) -> HttpResponse:
    by = actor(request)
    sees_invitations = may_withdraw_invitations(by, organization)
    belongs = is_open(rules.check_see_people, organization, by)
    invite_form = invite_form or InviteForm(organization_kind=organization.kind)
    reason_form = reason_form or form_of(suspend_organization)()
    examine_form = examine_form or ExamineForm()
    policy_form = policy_form or TokenPolicyForm(
        initial={"scopes": organization.token_scopes, "days": organization.token_days}
    )
    reapply_form = reapply_form or OrganizationForm(
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
            (invitation, rules.acts_on_invitation(invitation, by))
            for invitation in (invitations_to(organization.pk, by=by) if sees_invitations else ())
        ],
        "belongs": belongs,
        "proving": _proving(request) if by.is_member_of(organization.pk) else None,
        "owners": owners_of(organization.pk) if belongs else [],
        "change_to_invite": change_open_to_invite(organization, by),
        "acts": rules.acts_on_organization(organization, by),
        "reason_form": reason_form,
        "invite_form": invite_form,
        "examine_form": examine_form,
        "examination_due": rules.is_examination_due(organization),
        "reapply_form": reapply_form,
        "missing_documents": rules.missing_documents(organization),
        "points": [sentence for code, sentence in POINTS if code in organization.checklist],
        "policy_form": policy_form,
        "policy": token_policy_of(organization),
        "policy_seen": version_of(organization),
        "timeline": timeline_of(f"organization:{organization.pk}", by=by)
        if is_open(rules.check_see_history, organization, by)
        else [],
    }
    return render(request, "accounts/organization_detail.html", context, status=status)


@require_POST
@signed_in
def organization_examine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Examine an organization's documents as the first of two."""
    by, form = actor(request), ExamineForm(request.POST)
    organization = visible(organizations_visible_to(by), pk=pk)
    if form.is_valid():
        sent = form.cleaned_data
        act = unless_changed(request, organization, lambda: examine_organization(pk, **sent, by=by))
        if attempt(form, act) is not None:
            messages.success(request, _("It is examined: another administrator verifies it."))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, examine_form=form)


@require_POST
@signed_in
def organization_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    verify_organization(pk, by=actor(request))
    messages.success(request, _("The organization is verified and can act now."))
    return redirect("organization_detail", pk=pk)


@require_POST
@signed_in
def organization_reinstate(request: HttpRequest, pk: UUID) -> HttpResponse:
    reinstate_organization(pk, by=actor(request))
    messages.success(request, _("The organization can act again."))
    return redirect("organization_detail", pk=pk)


@require_POST
@signed_in
def organization_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(refuse_organization)(request.POST)
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
    by, form = actor(request), form_of(suspend_organization)(request.POST)
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


# The pages of people, their invitations and their keys to the API.


@require_POST
@signed_in
def person_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer somebody to join, by a link that is sent to them alone."""
    by = actor(request)
    organization = visible(organizations_visible_to(by), pk=pk)
    form = InviteForm(request.POST, organization_kind=organization.kind)
    if form.is_valid():
        invitation = attempt(
            form,
            lambda: invite_person(
                pk,
                email=form.cleaned_data["email"],
                roles=frozenset(form.cleaned_data["roles"]),
                limit=form.cleaned_data.get("limit"),
                by=by,
            ),
        )
        if invitation is not None:
            messages.success(request, _told_to(invitation))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, invite_form=form)


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


def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
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


def address_prove(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask whoever follows the link whether they applied, and note that the mailbox is theirs."""
    if request.method == "POST":
        prove_address(signed=signed, by=actor(request))
        messages.success(
            request, _("Your address is proved. The centre can decide on your application now.")
        )
        return redirect("account_login")
    return render(request, "accounts/address_prove.html")


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
    held = [grant.role for grant in person.role_grants.all()]
    form = RolesForm(
        request.POST or None,
        organization_kind=person.organization.kind,
        initial={"roles": held},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            unless_changed(
                request,
                person,
                lambda: set_roles(pk, roles=frozenset(form.cleaned_data["roles"]), by=by),
            ),
        )
        is not None
    ):
        messages.success(request, _("The roles are set."))
        return redirect("organization_detail", pk=person.organization_id)
    return _person_page(request, person, form=form)


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
    form: RolesForm | None = None,
    identity_form: IdentityForm | None = None,
    limit_form: SigningLimitForm | None = None,
) -> HttpResponse:
    assert person.organization is not None
    held = [grant.role for grant in person.role_grants.all()]
    form = form or RolesForm(organization_kind=person.organization.kind, initial={"roles": held})
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


@signed_in
def account_tokens(request: HttpRequest) -> HttpResponse:
    by, secret = actor(request), ""
    policy = token_policy_for(by)
    form = TokenForm(request.POST or None, scopes=policy.scopes, longest_days=policy.days)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        issued = attempt(
            form,
            lambda: create_token(
                name=sent["name"], days=sent["days"], scopes=frozenset(sent["scopes"]), by=by
            ),
        )
        if issued is not None:
            # Shown once, in the answer itself: a redirect would have to keep it somewhere.
            form = TokenForm(scopes=policy.scopes, longest_days=policy.days)
            secret = issued.secret
    context = {
        "form": form,
        "secret": secret,
        "tokens": [(row, rules.acts_on_token(row.token, by)) for row in token_rows(by)],
        "policy": policy,
        "acts": acts_on_account(by),
        "is_of_all": by.has(Role.ADMINISTRATOR),
    }
    return render(request, "accounts/tokens.html", context, status=form_status(form))


@require_POST
@signed_in
def organization_token_policy(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), TokenPolicyForm(request.POST)
    organization = visible(organizations_visible_to(by), pk=pk)
    if form.is_valid():
        sent = form.cleaned_data
        set_to = attempt(
            form,
            unless_changed(
                request,
                organization,
                lambda: set_token_policy(
                    pk, scopes=frozenset(sent["scopes"]), days=sent["days"], by=by
                ),
            ),
        )
        if set_to is not None:
            messages.success(request, _("The policy for tokens holds from now on."))
            return redirect("organization_detail", pk=pk)
    return organization_page(request, organization, policy_form=form)


@require_POST
@signed_in
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    revoke_token(pk, by=actor(request))
    messages.success(request, _("The token is revoked."))
    return redirect("account_tokens")


@require_POST
@signed_in
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    invitation = withdraw_invitation(pk, by=actor(request))
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("organization_detail", pk=invitation.organization_id)


@require_POST
@signed_in
def person_make_owner(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = make_owner(pk, by=actor(request))
    messages.success(request, _("%(name)s is an owner now.") % {"name": person.name})
    return redirect("organization_detail", pk=person.organization_id)


@require_POST
@signed_in
def person_step_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up one's own part as an owner."""
    person = step_down(pk, by=actor(request))
    messages.success(request, _("You are no owner any more."))
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
