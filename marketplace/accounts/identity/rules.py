"""What noting a person's identity document refuses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.accounts import policies
from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed


def check_record_identity(person: Person, by: Actor) -> None:
    """Refuse to note which identity document a person has shown.

    Raises:
        NotAllowed: the actor does not manage the person's organization, or is that person.
    """
    if by.is_person(person.pk) or not policies.may_set_roles(by, person):
        raise NotAllowed(
            _(
                "An identity document is noted by whoever manages the people of the organization, "
                "and never one's own."
            )
        )
