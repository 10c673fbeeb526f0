from typing import Any

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.token.rules import acts_on_token
from marketplace.accounts.token.services import IssuedToken
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class TokenPolicyOut(serializers.Serializer[Organization]):
    """The policy of an organization for its people's tokens."""

    organization = serializers.UUIDField(source="pk")
    scopes = serializers.ListField(child=serializers.CharField(), source="token_scopes")
    days = serializers.IntegerField(source="token_days")


class TokenOut(serializers.Serializer[Any]):
    """A token; never its secret."""

    id = serializers.UUIDField(source="pk")
    person = serializers.UUIDField(source="person_id")
    name = serializers.CharField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    revoked_because = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    made_by = serializers.UUIDField(source="made_by_id", allow_null=True)
    last_used_on = serializers.DateField(allow_null=True)
    last_used_from = serializers.CharField()
    with_second_factor = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    acts = ActsField(acts_on_token)


class IssuedTokenOut(serializers.Serializer[IssuedToken]):
    """A token with its secret, told once."""

    id = serializers.UUIDField(source="token.pk")
    name = serializers.CharField(source="token.name")
    scopes = serializers.ListField(child=serializers.CharField(), source="token.scopes")
    expires_at = serializers.DateTimeField(source="token.expires_at")
    secret = serializers.CharField()
