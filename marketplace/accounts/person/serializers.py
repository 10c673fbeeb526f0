from marketplace.accounts.person.models import Person
from marketplace.web.bounded import serializers


class ProvedOut(serializers.ModelSerializer[Person]):
    """Whether a person's address is proved."""

    class Meta:
        model = Person
        fields = ("id", "address_proved_at")


class PersonOut(serializers.ModelSerializer[Person]):
    """A person."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields: tuple[str, ...] = ("id", "name", "email", "organization", "roles", "is_active")

    def get_roles(self, person: Person) -> list[str]:
        """Return the roles in order."""
        return sorted(grant.role for grant in person.role_grants.all())
