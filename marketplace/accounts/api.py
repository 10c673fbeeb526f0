"""The account API: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounts import serializers
from marketplace.accounts.models import Organization, Person, Token
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.selectors import (
    organizations_visible_to,
    people_visible_to,
    tokens_visible_to,
)
from marketplace.accounts.services.organizations import (
    Applicant,
    apply_organization,
    refuse_organization,
    reinstate_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.accounts.services.people import (
    IssuedInvitation,
    accept_invitation,
    invite_person,
    set_roles,
)
from marketplace.accounts.services.tokens import IssuedToken, create_token, revoke_token
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class ApplyOrganization(ActView):
    """Ask to take part as an organization, with its first person."""

    takes = serializers.ApplyOrganizationIn
    gives = serializers.OrganizationOut
    creates = True
    is_public = True
    operation = "apply_organization"
    summary = "Apply as an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        """Apply."""
        return apply_organization(
            name=data["name"],
            kind=OrganizationKind(data["kind"]),
            uscc=data["uscc"],
            contact=data["contact"],
            applicant=Applicant(data["person_name"], data["email"], data["password"]),
            roles=frozenset(data["roles"]),
            by=by,
        )


class VerifyOrganization(ActView):
    """Let an organization in, by a second person."""

    gives = serializers.OrganizationOut
    operation = "verify_organization"
    summary = "Verify an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        """Verify."""
        return verify_organization(ids["pk"], by=by)


class RefuseOrganization(ActView):
    """Turn an application down, with a reason."""

    takes = ReasonIn
    gives = serializers.OrganizationOut
    operation = "refuse_organization"
    summary = "Refuse an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        """Refuse."""
        return refuse_organization(ids["pk"], reason=data["reason"], by=by)


class SuspendOrganization(ActView):
    """Stop an organization from acting, with a reason."""

    takes = ReasonIn
    gives = serializers.OrganizationOut
    operation = "suspend_organization"
    summary = "Suspend an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        """Suspend."""
        return suspend_organization(ids["pk"], reason=data["reason"], by=by)


class ReinstateOrganization(ActView):
    """Let a suspended organization act again."""

    gives = serializers.OrganizationOut
    operation = "reinstate_organization"
    summary = "Reinstate an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        """Reinstate."""
        return reinstate_organization(ids["pk"], by=by)


class InvitePerson(ActView):
    """Offer somebody to join an organization; the secret is told once."""

    takes = serializers.InvitePersonIn
    gives = serializers.InvitationOut
    creates = True
    keeps_answer = False
    operation = "invite_person"
    summary = "Invite a person"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedInvitation:
        """Invite."""
        return invite_person(ids["pk"], email=data["email"], roles=frozenset(data["roles"]), by=by)


class AcceptInvitation(ActView):
    """Join an organization with the secret of an invitation."""

    takes = serializers.AcceptInvitationIn
    gives = serializers.PersonOut
    creates = True
    is_public = True
    operation = "accept_invitation"
    summary = "Accept an invitation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        """Join."""
        return accept_invitation(**data, by=by)


class SetRoles(ActView):
    """Give a person exactly these roles."""

    takes = serializers.SetRolesIn
    gives = serializers.PersonOut
    operation = "set_roles"
    summary = "Set a person's roles"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        """Set the roles."""
        return set_roles(ids["pk"], roles=frozenset(data["roles"]), by=by)


class CreateToken(ActView):
    """Make a key to the API; the secret is told once."""

    takes = serializers.CreateTokenIn
    gives = serializers.IssuedTokenOut
    creates = True
    keeps_answer = False
    operation = "create_token"
    summary = "Create an API token"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedToken:
        """Create."""
        return create_token(**data, by=by)


class RevokeToken(ActView):
    """Stop a token from opening anything."""

    gives = serializers.TokenOut
    operation = "revoke_token"
    summary = "Revoke an API token"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Token:
        """Revoke."""
        return revoke_token(ids["pk"], by=by)


class Organizations(ListView):
    """The organizations that the caller may see."""

    gives = serializers.OrganizationOut
    operation = "list_organizations"
    summary = "List organizations"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Organization]:
        """Select."""
        return organizations_visible_to(by)


class OneOrganization(ThingView):
    """An organization."""

    gives = serializers.OrganizationOut
    operation = "get_organization"
    summary = "Get an organization"

    def thing(self, by: Actor, **ids: UUID) -> Organization:
        """Select."""
        return visible(organizations_visible_to(by), pk=ids["pk"])


class OnePerson(ThingView):
    """A person of the caller's organization."""

    gives = serializers.PersonOut
    operation = "get_person"
    summary = "Get a person"

    def thing(self, by: Actor, **ids: UUID) -> Person:
        """Select."""
        return visible(people_visible_to(by), pk=ids["pk"])


class Tokens(ListView):
    """The caller's API tokens."""

    gives = serializers.TokenOut
    operation = "list_tokens"
    summary = "List API tokens"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Token]:
        """Select."""
        return tokens_visible_to(by)
