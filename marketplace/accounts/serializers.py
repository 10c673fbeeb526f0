"""What the account API takes and gives."""

from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.accounts.checklist import POINTS
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.serializers import MandateOut
from marketplace.accounts.models import Invitation, Organization, Person, Token
from marketplace.accounts.roles import GIVEN_ROLES, OrganizationKind
from marketplace.accounts.rules import (
    acts_on_invitation,
    acts_on_organization,
    acts_on_person,
    acts_on_token,
)
from marketplace.accounts.services import IssuedToken
from marketplace.core import Scope, longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class OrganizationOut(serializers.ModelSerializer[Organization]):
    """An organization."""

    class Meta:
        model = Organization
        fields: tuple[str, ...] = (
            *("id", "name", "kind", "uscc", "contact", "state", "reason", "created_at"),
            "verified_until",
        )


class OneOrganizationOut(OrganizationOut):
    """An organization with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_organization)

    class Meta(OrganizationOut.Meta):
        fields: tuple[str, ...] = (*OrganizationOut.Meta.fields, "acts")


class ReapplyOrganizationIn(serializers.Serializer[Any]):
    """What a refused application said of the organization, corrected."""

    name = serializers.CharField(max_length=longest_of(Organization, "name"))
    uscc = serializers.CharField(max_length=longest_of(Organization, "uscc"))
    contact = serializers.CharField(max_length=longest_of(Organization, "contact"))
    is_abroad = serializers.BooleanField(default=False)


class ApplyOrganizationIn(serializers.Serializer[Any]):
    """An application."""

    name = serializers.CharField(max_length=longest_of(Organization, "name"))
    kind = serializers.ChoiceField(choices=OrganizationKind.choices)
    uscc = serializers.CharField(max_length=longest_of(Organization, "uscc"))
    contact = serializers.CharField(max_length=longest_of(Organization, "contact"))
    is_abroad = serializers.BooleanField(default=False)
    person_name = serializers.CharField(max_length=80)
    email = serializers.EmailField()
    password = serializers.CharField(write_only=True, trim_whitespace=False)
    roles = serializers.ListField(child=serializers.ChoiceField(choices=GIVEN_ROLES))


class ExamineOrganizationIn(serializers.Serializer[Any]):
    """What was looked at, and in which documents."""

    checklist = serializers.ListField(child=serializers.ChoiceField(choices=POINTS))
    evidence = serializers.CharField(max_length=longest_of(Organization, "evidence"))


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


class ProveAddressIn(serializers.Serializer[Any]):
    """The last part of the link's address."""

    signed = serializers.CharField(max_length=500)


class ProvedOut(serializers.ModelSerializer[Person]):
    """Whether a person's address is proved."""

    class Meta:
        model = Person
        fields = ("id", "address_proved_at")


class SetRolesIn(serializers.Serializer[Any]):
    """Exactly these roles."""

    roles = serializers.ListField(child=serializers.ChoiceField(choices=GIVEN_ROLES))


class PersonOut(serializers.ModelSerializer[Person]):
    """A person."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields: tuple[str, ...] = ("id", "name", "email", "organization", "roles", "is_active")

    def get_roles(self, person: Person) -> list[str]:
        """Return the roles in order."""
        return sorted(grant.role for grant in person.role_grants.all())


class OnePersonOut(PersonOut):
    """A person with what they may sign for alone, and the acts on them, open or why not."""

    mandate = serializers.SerializerMethodField()
    acts = ActsField(acts_on_person)

    class Meta(PersonOut.Meta):
        fields: tuple[str, ...] = (*PersonOut.Meta.fields, "mandate", "acts")

    @extend_schema_field(MandateOut)
    def get_mandate(self, person: Person) -> dict[str, Any]:
        """Return what they may sign for alone."""
        return MandateOut(mandate_of(person.pk)).data


class CreateTokenIn(serializers.Serializer[Any]):
    """A new token."""

    name = serializers.CharField(max_length=longest_of(Token, "name"))
    days = serializers.IntegerField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))


class TokenPolicyIn(serializers.Serializer[Any]):
    """What the tokens of an organization's people may be used for, and their longest life."""

    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    days = serializers.IntegerField()


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
