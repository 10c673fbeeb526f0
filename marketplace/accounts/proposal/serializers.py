from typing import Any

from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal, ProposalKind
from marketplace.accounts.proposal.rules import acts_on_proposal
from marketplace.accounts.roles import GIVEN_ROLES
from marketplace.core import longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField

ON_PERSON = tuple(str(kind) for kind, change in CHANGES.items() if change.is_about_person)


class ChangeProposalOut(serializers.ModelSerializer[ChangeProposal]):
    """A change of people that takes two."""

    roles = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ChangeProposal
        fields: tuple[str, ...] = (
            *("id", "kind", "organization", "person", "email", "roles", "reason", "state"),
            *("created_at", "lapses_at", "decided_at", "takes_effect_at", "answer"),
        )


class OneChangeProposalOut(ChangeProposalOut):
    """A change with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_proposal)

    class Meta(ChangeProposalOut.Meta):
        fields: tuple[str, ...] = (*ChangeProposalOut.Meta.fields, "acts")


class ProposeChangeIn(serializers.Serializer[Any]):
    """A change of a person; `roles` where it sets them."""

    kind = serializers.ChoiceField(choices=ProposalKind.choices)
    reason = serializers.CharField(max_length=longest_of(ChangeProposal))
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=GIVEN_ROLES), required=False
    )


class ProposeInvitationIn(serializers.Serializer[Any]):
    """Whom to invite: with roles at the centre, else as an owner."""

    email = serializers.EmailField()
    reason = serializers.CharField(max_length=longest_of(ChangeProposal))
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=GIVEN_ROLES), required=False
    )
