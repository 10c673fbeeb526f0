from typing import Any

from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.serializers import (
    AcceptInvitationIn,
    InvitationOut,
    InvitePersonIn,
)
from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.serializers import PersonOut
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class InvitePerson(ActView):
    """Offer somebody to join an organization, by an e-mail to their mailbox alone."""

    takes = InvitePersonIn
    gives = InvitationOut
    creates = True
    made_at = "get_invitation"
    scope = Scope.ADMINISTER

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Invitation:
        roles, limit = frozenset(data["roles"]), data["limit"]
        return invite_person(ids["pk"], email=data["email"], roles=roles, limit=limit, by=by)


class AcceptInvitation(ActView):
    """Join an organization with the secret of an invitation."""

    takes = AcceptInvitationIn
    gives = PersonOut
    creates = True
    made_at = "get_person"
    is_public = True

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return accept_invitation(**data, by=by)
