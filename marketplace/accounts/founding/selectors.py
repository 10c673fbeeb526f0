from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import OrganizationKind, Role


def centre_to_open(person: Person) -> bool:
    """Return whether a person is an administrator of a centre that did not open yet."""
    return person.role_grants.filter(
        role=Role.ADMINISTRATOR,
        person__organization__kind=OrganizationKind.CENTRE,
        person__organization__state=OrganizationState.PENDING,
    ).exists()
