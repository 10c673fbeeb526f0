"""Who says what others may sign for."""

from marketplace.accounts.organization.policies import may_manage_people
from marketplace.accounts.person.models import Person
from marketplace.core import Actor


def may_set_signing_limit(by: Actor, person: Person) -> bool:
    """Owners say what others may sign for: nobody gives themselves a right."""
    if by.is_person(person.pk) or person.organization is None:
        return False
    return may_manage_people(by, person.organization)
