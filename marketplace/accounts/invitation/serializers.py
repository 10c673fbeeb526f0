from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.rules import acts_on_invitation
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class InvitationOut(serializers.ModelSerializer[Invitation]):
    """An invitation as it stands; its secret is in the e-mail alone."""

    roles = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField()
    acts = ActsField(acts_on_invitation)

    class Meta:
        model = Invitation
        fields = (
            "id",
            "organization",
            "email",
            "roles",
            "signing_limit",
            "state",
            "created_at",
            "sent_at",
            "letter_failure",
            "expires_at",
            "accepted_at",
            "withdrawn_at",
            "acts",
        )
