from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.rules import acts_on_proposal
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
