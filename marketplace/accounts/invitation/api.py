from typing import Any

from marketplace.accounts.invitation.services import accept_invitation
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.serializers import PersonOut
from marketplace.core import Actor
from marketplace.web.api import ActView
from marketplace.web.taking import serializer_of


class AcceptInvitation(ActView):
    """Join an organization with the secret of an invitation."""

    takes = serializer_of(accept_invitation, about="The invited person.")
    gives = PersonOut
    creates = True
    made_at = "get_person"
    is_public = True

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return accept_invitation(**data, by=by)
