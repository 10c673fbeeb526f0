"""The API of people, organizations, tokens and the sender of a request."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.accounts import serializers
from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.serializers import IdentityIn
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.selectors import (
    people_visible_to,
)
from marketplace.accounts.services import (
    Applicant,
    IssuedToken,
    accept_invitation,
    apply_organization,
    create_token,
    invite_person,
    prove_address,
    set_roles,
    set_token_policy,
)
from marketplace.core import Actor, Scope
from marketplace.core.scopes import EVERY
from marketplace.web.api import ActView, ListView
from marketplace.web.pagination import CursorPages

# The API of organizations.


class ApplyOrganization(ActView):
    """Ask to take part as an organization, with its first person.

    The answer is the same where the e-mail address belonged to an account before; then nothing is
    registered, and the password does not sign in.
    """

    takes = serializers.ApplyOrganizationIn
    gives = serializers.OrganizationOut
    creates = True
    made_at = "get_organization"
    is_public = True
    summary = "Apply as an organization"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return apply_organization(
            name=data["name"],
            kind=OrganizationKind(data["kind"]),
            uscc=data["uscc"],
            contact=data["contact"],
            applicant=Applicant(data["person_name"], data["email"], data["password"]),
            roles=frozenset(data["roles"]),
            is_abroad=data["is_abroad"],
            by=by,
        )


class ProveAddress(ActView):
    """Prove an address by what the link says that was sent to it."""

    takes = serializers.ProveAddressIn
    gives = serializers.ProvedOut
    is_public = True

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return prove_address(**data, by=by)


# The API of people, their invitations and their keys.


class InvitePerson(ActView):
    """Offer somebody to join an organization, by an e-mail to their mailbox alone."""

    takes = serializers.InvitePersonIn
    gives = serializers.InvitationOut
    creates = True
    made_at = "get_invitation"
    scope = Scope.ADMINISTER

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Invitation:
        roles, limit = frozenset(data["roles"]), data["limit"]
        return invite_person(ids["pk"], email=data["email"], roles=roles, limit=limit, by=by)


class AcceptInvitation(ActView):
    """Join an organization with the secret of an invitation."""

    takes = serializers.AcceptInvitationIn
    gives = serializers.PersonOut
    creates = True
    made_at = "get_person"
    is_public = True

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return accept_invitation(**data, by=by)


class SetRoles(ActView):
    """Give a person exactly these roles."""

    takes = serializers.SetRolesIn
    gives = serializers.PersonOut
    scope = Scope.ADMINISTER
    summary = "Set a person's roles"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        """Set the roles."""
        return set_roles(ids["pk"], roles=frozenset(data["roles"]), by=by)


class RecordIdentity(ActView):
    """Note which identity document a person has shown; of its number a keyed digest stays."""

    takes = IdentityIn
    gives = serializers.PersonOut
    scope = Scope.ADMINISTER
    summary = "Note a person's identity document"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        document = DocumentKind(data["document"])
        return record_identity(ids["pk"], document=document, number=data["number"], by=by)


class CreateToken(ActView):
    """Make a key to the API; the secret is told once.

    One made by a token has no scope that this has not, and ends with it at the latest.
    """

    takes = serializers.CreateTokenIn
    gives = serializers.IssuedTokenOut
    creates = True
    made_at = "get_token"
    keeps_answer = False
    scope = Scope.ADMINISTER
    summary = "Create an API token"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedToken:
        return create_token(
            name=data["name"], days=data["days"], scopes=frozenset(data["scopes"]), by=by
        )


class SetTokenPolicy(ActView):
    """Say what the tokens of an organization's people may be used for, and their longest life.

    It holds at once for the tokens that there are.
    """

    takes = serializers.TokenPolicyIn
    gives = serializers.TokenPolicyOut
    scope = Scope.ADMINISTER
    summary = "Set the policy for tokens"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return set_token_policy(
            ids["pk"], scopes=frozenset(data["scopes"]), days=data["days"], by=by
        )


class ByAddress(CursorPages):
    """People in the order of their addresses, of which each has one."""

    ordering = ("email",)


class People(ListView):
    """The people of the caller's organization; the centre's staff read everybody."""

    gives = serializers.PersonOut
    pages = ByAddress
    operation = "list_people"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Person]:
        return people_visible_to(by)


# Whether whoever is about to send a file may send one at all.


@extend_schema(exclude=True)
class CheckSender(APIView):
    """Ask for a session or a token; the proxy in front asks it before it takes a body."""

    permission_classes = (IsAuthenticated,)
    scope = EVERY

    def get(self, request: Request) -> Response:
        """Say yes in no words."""
        return Response(status=204)
