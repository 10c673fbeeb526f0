from typing import Any

from marketplace.accounts.organization.checklist import POINTS
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.roles import GIVEN_ROLES, OrganizationKind
from marketplace.core import longest_of
from marketplace.web.bounded import serializers


class OrganizationOut(serializers.ModelSerializer[Organization]):
    """An organization."""

    class Meta:
        model = Organization
        fields: tuple[str, ...] = (
            *("id", "name", "kind", "uscc", "contact", "state", "reason", "created_at"),
            "verified_until",
        )


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
