"""The API of people, their invitations and their keys."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounts import serializers
from marketplace.accounts.models import Invitation, Person, Token
from marketplace.accounts.selectors import (
    invitations_visible_to,
    people_visible_to,
    tokens_visible_to,
)
from marketplace.accounts.services.invitations import (
    IssuedInvitation,
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from marketplace.accounts.services.people import (
    deactivate_person,
    reactivate_person,
    set_roles,
)
from marketplace.accounts.services.tokens import IssuedToken, create_token, revoke_token
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.pagination import CursorPages


class InvitePerson(ActView):
    """Offer somebody to join an organization; the secret is told once."""

    takes = serializers.InvitePersonIn
    gives = serializers.InvitationOut
    creates = True
    keeps_answer = False
    operation = "invite_person"
    summary = "Invite a person"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedInvitation:
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
        return create_token(**data, by=by)


class RevokeToken(ActView):
    """Stop a token from opening anything."""

    gives = serializers.TokenOut
    operation = "revoke_token"
    summary = "Revoke an API token"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Token:
        return revoke_token(ids["pk"], by=by)


class OnePerson(ThingView):
    """A person of the caller's organization."""

    gives = serializers.PersonOut
    operation = "get_person"
    summary = "Get a person"

    def thing(self, by: Actor, **ids: UUID) -> Person:
        return visible(people_visible_to(by), pk=ids["pk"])


class Tokens(ListView):
    """The caller's API tokens; everybody's for the administrator."""

    gives = serializers.TokenOut
    operation = "list_tokens"
    summary = "List API tokens"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Token]:
        return tokens_visible_to(by)


class ByAddress(CursorPages):
    """People in the order of their addresses, of which each has one."""

    ordering = ("email",)


class People(ListView):
    """The people of the caller's organization; the centre's staff read everybody."""

    gives = serializers.PersonOut
    pages = ByAddress
    operation = "list_people"
    summary = "List people"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Person]:
        return people_visible_to(by)


class Invitations(ListView):
    """The invitations of the caller's organization, without their secrets."""

    gives = serializers.SentInvitationOut
    operation = "list_invitations"
    summary = "List invitations"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Invitation]:
        return invitations_visible_to(by)


class WithdrawInvitation(ActView):
    """Take an invitation back."""

    gives = serializers.SentInvitationOut
    operation = "withdraw_invitation"
    summary = "Withdraw an invitation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Invitation:
        return withdraw_invitation(ids["pk"], by=by)


class DeactivatePerson(ActView):
    """Stop a person from signing in."""

    gives = serializers.PersonOut
    operation = "deactivate_person"
    summary = "Deactivate a person"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return deactivate_person(ids["pk"], by=by)


class ReactivatePerson(ActView):
    """Let a person sign in again."""

    gives = serializers.PersonOut
    operation = "reactivate_person"
    summary = "Reactivate a person"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return reactivate_person(ids["pk"], by=by)
