"""The API of changes that take two."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.proposal import serializers
from marketplace.accounts.proposal.filters import ProposalFilters
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.services import (
    approve_change,
    propose_change,
    propose_invitation,
    refuse_change,
    withdraw_change,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn


class ProposeChange(ActView):
    """Propose a change of a person, which another decides."""

    takes = serializers.ProposeChangeIn
    gives = serializers.ChangeProposalOut
    creates = True
    made_at = "get_change_proposal"
    scope = Scope.ADMINISTER
    operation = "propose_change"
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
    operation = "propose_invitation"
    summary = "Propose an invitation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> ChangeProposal:
        roles = frozenset(data.pop("roles", ()))
        return propose_invitation(ids["pk"], **data, roles=roles, by=by)


ApproveChange = act_view(
    approve_change, scope=Scope.ADMINISTER, gives=serializers.ChangeProposalOut
)

RefuseChange = act_view(
    refuse_change, scope=Scope.ADMINISTER, takes=ReasonIn, gives=serializers.ChangeProposalOut
)

WithdrawChange = act_view(
    withdraw_change, scope=Scope.ADMINISTER, gives=serializers.ChangeProposalOut
)

Proposals = list_view(
    proposals_visible_to,
    operation="list_change_proposals",
    filters=ProposalFilters,
    gives=serializers.ChangeProposalOut,
    about="The changes of people that the caller may see, newest first.",
)

OneProposal = thing_view(
    proposals_visible_to,
    operation="get_change_proposal",
    gives=serializers.OneChangeProposalOut,
    about="A change of people, and the acts on it that are open to the caller.",
)
