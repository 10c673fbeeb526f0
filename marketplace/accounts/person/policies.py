"""What a person is."""

from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import Role


def is_owner(person: Person) -> bool:
    """Return whether a person, fetched with their roles, owns their organization."""
    return any(grant.role == Role.OWNER for grant in person.role_grants.all())
