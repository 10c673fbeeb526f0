from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent
from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed


def check_record_identity(person: Person, by: Actor) -> None:
    """Refuse to note which identity document a person has shown.

    Raises:
        NotAllowed: the actor is no administrator of the centre, is that person, or belongs to
            the person's organization by another account (`own-organization`).
    """
    # Whoever managed an organization's people could else make one of them and a reviewer whom
    # they would rather not meet one person.
    if by.is_person(person.pk) or not by.has(Role.ADMINISTRATOR):
        raise NotAllowed(
            _(
                "An identity document is noted by an administrator of the centre, "
                "and never one's own."
            )
        )
    if not by.acts_for(person.organization_id):
        check_independent(by, person.organization_id)
