from typing import Any

from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.rules import acts_on_invitation
from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import GIVEN_ROLES
from marketplace.core import longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class InvitePersonIn(serializers.Serializer[Any]):
    """Whom to invite; `limit` is what they may sign for alone, null for the centre's own limit."""

    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=GIVEN_ROLES))
    limit = serializers.DecimalField(
        max_digits=15, decimal_places=2, min_value=0, allow_null=True, default=None
    )


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


class AcceptInvitationIn(serializers.Serializer[Any]):
    """The invited person."""

    secret = serializers.CharField(max_length=200)
    name = serializers.CharField(max_length=longest_of(Person, "name"))
    password = serializers.CharField(write_only=True, trim_whitespace=False)
