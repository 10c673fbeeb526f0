from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.accounts.acts import acts_on_organization, acts_on_person
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.serializers import MandateOut
from marketplace.accounts.organization.serializers import OrganizationOut
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.serializers import PersonOut
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class OneOrganizationOut(OrganizationOut):
    """An organization with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_organization)

    class Meta(OrganizationOut.Meta):
        fields: tuple[str, ...] = (*OrganizationOut.Meta.fields, "acts")


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
