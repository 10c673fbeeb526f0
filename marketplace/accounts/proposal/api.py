from typing import Any

from marketplace.accounts.proposal import serializers
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.services import (
    propose_change,
    propose_invitation,
)
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class ProposeChange(ActView):
    """Propose a change of a person, which another decides."""

    takes = serializers.ProposeChangeIn
    gives = serializers.ChangeProposalOut
    creates = True
    made_at = "get_change_proposal"
    scope = Scope.ADMINISTER
    summary = "Propose a change of a person"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> ChangeProposal:
        roles = frozenset(data.pop("roles", ()))
        return propose_change(ids["pk"], **data, roles=roles, by=by)


class ProposeInvitation(ActView):
    """Propose to invite somebody to the centre, or an owner to an organization."""

    takes = serializers.ProposeInvitationIn
    gives = serializers.ChangeProposalOut
    creates = True
    made_at = "get_change_proposal"
    scope = Scope.ADMINISTER

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> ChangeProposal:
        roles = frozenset(data.pop("roles", ()))
        return propose_invitation(ids["pk"], **data, roles=roles, by=by)
